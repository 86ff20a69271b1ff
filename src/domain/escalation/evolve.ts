import type { Actor } from "../actor.ts";
import { slackUser } from "../actor.ts";
import type { EventOf, IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { isPresenceEvent } from "../presence/events.ts";
import { addressed } from "../slot.ts";
import { type EscalationEvent, isEscalationEvent } from "./events.ts";
import { needsSeeking } from "./reach.ts";
import { ringRefused, withRing } from "./ring.ts";
import type { Aim, Call, Escalation, Walk } from "./state.ts";

/** What any event changes here; `state` is the one before it. */
export function evolveEscalation(state: Incident, event: IncidentEvent): Partial<Incident> {
  const { escalation } = state;
  const changed = isEscalationEvent(event)
    ? changeBy(state, event)
    : { ...escalation, ...changeByOther(state, event) };
  // The declaration is the first that is heard; who is brought in or leaves has said nothing.
  const isSaid = event.actor.kind !== "bot" && !isPresenceEvent(event);
  const isHeard = isSaid || event.type === "IncidentDeclared";
  return { escalation: isHeard ? { ...changed, heardAt: event.at } : changed };
}

function changeByOther(state: Incident, event: IncidentEvent): Partial<Escalation> {
  switch (event.type) {
    case "RoleTaken": {
      const { role, user, how } = event.data;
      if (role !== "commander" || how === "given") return {};
      return answered(state, slackUser(user), event.at);
    }
    case "IncidentDeclared":
    case "IncidentReopened":
      return { knowing: withUser([], event.actor) };
    case "IncidentResolved":
    case "IncidentCancelled":
    case "DeclarationStopped":
      return ended(state, event.at);
    case "MessagePosted":
      return delivered(state.escalation, event);
    case "EffectRefused":
      return refused(state.escalation, event);
    default:
      return {};
  }
}

const withUser = (users: readonly string[], by: Actor): string[] =>
  by.kind === "slack" && !users.includes(by.user) ? [...users, by.user] : [...users];

const ended = ({ version, escalation: { walks, webhooks } }: Incident, at: number): Partial<Escalation> => ({
  walks: walks.map((walk) => (walk.endedAt === null ? { ...walk, endedAt: at } : walk)),
  webhooks: webhooks.map((each) => (each.resolved === null ? { ...each, resolved: version + 1 } : each)),
  watch: null,
});

/** Somebody has it: the turns that wait stop, and who has it must be heard of from now on. */
function answered(state: Incident, by: Actor, at: number): Partial<Escalation> {
  const { escalation } = state;
  return {
    acknowledged: escalation.acknowledged ?? { by, at },
    answers: [...escalation.answers, { by, at }],
    knowing: withUser(escalation.knowing, by),
    watch: { version: state.version + 1, who: by, askedAt: null, silentSince: null },
    walks: escalation.walks.map((walk) => (walk.answeredAt === null ? { ...walk, answeredAt: at } : walk)),
    webhooks: escalation.webhooks.map((each) =>
      each.acknowledged === null && each.resolved === null
        ? { ...each, acknowledged: state.version + 1 }
        : each,
    ),
  };
}

function changeBy(state: Incident, event: EscalationEvent): Escalation {
  const { escalation } = state;
  const { at, actor } = event;
  const withWalk = (index: number, change: Partial<Walk>): Escalation => ({
    ...escalation,
    walks: escalation.walks.map((walk, each) => (each === index ? { ...walk, ...change } : walk)),
  });
  switch (event.type) {
    case "WalkPlanned": {
      const { walk: _index, ...frozen } = event.data;
      const walk: Walk = {
        ...frozen,
        startedAt: null,
        dropped: null,
        called: [],
        answeredAt: null,
        shift: 0,
        exhaustedAt: null,
        endedAt: null,
        exhaustions: 0,
        phones: {},
      };
      return { ...escalation, walks: [...escalation.walks, walk] };
    }
    case "WalkBegun":
      return withWalk(event.data.walk, { startedAt: at });
    case "WalkDropped":
      return withWalk(event.data.walk, { dropped: { by: actor, at } });
    case "PeopleCalled":
      return called(state, event);
    case "WebhookReached":
    case "WebhookMissed":
    case "WebhookSpared":
      return withCall(escalation, event.data.call, (call) => rung(call, event));
    case "PeopleSought":
      return withCall(escalation, event.data.call, (call) => ({
        ...call,
        aims: event.data.aims,
        sought: true,
        people: peopleOf(event.data.aims).map((user) => {
          const trouble = event.data.unreachable.find((each) => each.user === user);
          const delivery = trouble?.isGone ? ("failed" as const) : ("pending" as const);
          return { user, delivery, at: null, failure: trouble?.why ?? null };
        }),
      }));
    case "CallAcknowledged":
      return {
        ...escalation,
        ...answered(state, actor, at),
        acks: [...escalation.acks, { by: actor, at }],
      };
    case "WalkExhausted":
      return withWalk(event.data.walk, {
        exhaustedAt: at,
        exhaustions: (escalation.walks[event.data.walk]?.exhaustions ?? 0) + 1,
        phones: event.data.phones,
      });
    case "StillOnItAsked":
      return {
        ...escalation,
        watch: escalation.watch && { ...escalation.watch, askedAt: at, silentSince: event.data.heardAt },
      };
    case "StillOnIt": {
      const who = actor.kind === "bot" ? escalation.watch?.who : actor;
      return {
        ...escalation,
        watch: who ? { version: state.version + 1, who, askedAt: null, silentSince: null } : null,
      };
    }
    case "WalkResumed":
      return {
        ...withWalk(event.data.walk, { answeredAt: null, shift: event.data.shift, exhaustedAt: null }),
        watch: null,
        unanswered: [...escalation.unanswered, ...(escalation.watch ? [escalation.watch.version] : [])],
      };
    default:
      return event satisfies never;
  }
}

function rung(call: Call, event: EventOf<"WebhookReached" | "WebhookMissed" | "WebhookSpared">): Call {
  const { at, type, data } = event;
  switch (type) {
    case "WebhookReached":
      return withRing(call, data.webhook, { delivery: "delivered", at });
    case "WebhookMissed":
      return withRing(call, data.webhook, { delivery: "missed", failure: data.failure });
    case "WebhookSpared":
      return withRing(call, data.webhook, { delivery: "spared" });
    default:
      return event satisfies never;
  }
}

function called({ escalation, drill }: Incident, { at, actor, data }: EventOf<"PeopleCalled">): Escalation {
  const { call: id, walk, turn, aims, message, reason, because, insteadOf } = data;
  const webhooks = drill ? [] : webhooksIn(aims);
  const call: Call = {
    id,
    at,
    walk,
    turn,
    aims,
    people: peopleOf(aims).map((user) => ({ user, delivery: "pending", at: null, failure: null })),
    webhooks: webhooks.map((name) => ({ name, delivery: "pending", at: null, failure: null })),
    reason,
    because,
    message,
    by: actor,
    sought: !needsSeeking(aims),
    answersBefore: escalation.answers.length,
    passedOn: false,
  };
  return {
    ...escalation,
    calls: [
      ...escalation.calls.map((each) => (each.id === insteadOf ? { ...each, passedOn: true } : each)),
      call,
    ],
    walks: escalation.walks.map((each, index) =>
      index === walk && turn !== null ? { ...each, called: [...each.called, turn] } : each,
    ),
    webhooks: [
      ...escalation.webhooks.filter(({ name }) => !webhooks.includes(name)),
      ...webhooks.map((name) => ({ name, acknowledged: null, resolved: null })),
    ],
  };
}

const peopleOf = (aims: readonly Aim[]): string[] => [...new Set(aims.flatMap(({ people }) => people))];

const webhooksIn = (aims: readonly Aim[]): string[] =>
  aims.flatMap(({ target, failure }) => (target.kind === "webhook" && failure === null ? [target.name] : []));

const withCall = (escalation: Escalation, id: string, change: (call: Call) => Call): Escalation => ({
  ...escalation,
  calls: escalation.calls.map((call) => (call.id === id ? change(call) : call)),
});

function delivered(
  escalation: Escalation,
  { at, data: { slot } }: EventOf<"MessagePosted">,
): Partial<Escalation> {
  const { person, slot: own } = addressed(slot);
  const id = /^call:(.+)$/.exec(own)?.[1];
  if (person === undefined || id === undefined) return {};
  return withCall(escalation, id, (call) => ({
    ...call,
    people: call.people.map((each) => (each.user === person ? { ...each, delivery: "delivered", at } : each)),
  }));
}

function refused(
  escalation: Escalation,
  { data: { key, error, sentence } }: EventOf<"EffectRefused">,
): Partial<Escalation> {
  const ring = ringRefused(key);
  if (ring) {
    const failure = `it refused the call (${error})`;
    return withCall(escalation, ring.call, (call) =>
      withRing(call, ring.webhook, { delivery: "refused", failure }),
    );
  }
  const { person, channel, slot } = addressed(/^\d+:post:(.+)$/.exec(key)?.[1] ?? "");
  const id = /^(?:call|step):(.+)$/.exec(slot)?.[1];
  if (id === undefined) return {};
  return withCall(escalation, id, (call) => ({
    ...call,
    people: call.people.map((each) =>
      each.user === person ? { ...each, delivery: "failed", failure: each.failure ?? sentence } : each,
    ),
    aims: call.aims.map((aim) =>
      aim.target.kind === "channel" && aim.target.name === channel ? { ...aim, failure: sentence } : aim,
    ),
  }));
}
