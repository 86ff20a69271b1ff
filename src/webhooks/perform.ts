import { createHash } from "node:crypto";
import { type Clock, wireNow } from "../clock.ts";
import type { Performed, WebhookClaim, WebhookPerformer } from "../dispatch/performer.ts";
import { bot } from "../domain/actor.ts";
import type { Command } from "../domain/command.ts";
import { isMoot } from "../domain/escalation/reach.ts";
import { isUntold, ringOf } from "../domain/escalation/ring.ts";
import type { Call } from "../domain/escalation/state.ts";
import { type Incident, isOpen, reference } from "../domain/incident.ts";
import { tellsWebhooks } from "../domain/policy/visibility.ts";
import { webhookFacts, wordsTold } from "../domain/policy/webhook-text.ts";
import { mentionsIn } from "../domain/words.ts";
import type { Store } from "../store/port.ts";
import { pagerdutyEvent } from "./pagerduty.ts";
import { type Answered, send, type Sent } from "./send.ts";
import { signedRequest } from "./signed.ts";
import type { WebhookTarget } from "./target.ts";

export interface WebhooksOptions {
  /** By the name that a policy calls them by. */
  targets: Readonly<Record<string, WebhookTarget>>;
  store: Pick<Store, "incident" | "people" | "meta">;
  clock: Clock;
  fetch: typeof globalThis.fetch;
  /** Wire milliseconds until a call counts as lost. */
  timeout: number;
}

/** Tries in vain after which a webhook counts as down, so that the next people are called; it is tried further. */
const quickTries = 3;
/** Whoever asks to wait longer than this counts as down at once, in ms. */
const patience = 10_000;
/** However long a webhook asks to wait, in ms. */
const longestWait = 10 * 60_000;
/** That somebody has it, or that it is over, is told for a day, at one try a minute. */
const outcomeTries = 24 * 60;

/** What was met when a webhook was last called. */
export interface WebhookTrouble {
  since: number;
  error: string;
}

/** Calls webhooks. A repeat is harmless: it bears the key of what it repeats. */
export class Webhooks implements WebhookPerformer {
  readonly #options: WebhooksOptions;
  readonly #troubles = new Map<string, WebhookTrouble>();

  constructor(options: WebhooksOptions) {
    this.#options = options;
  }

  /** Those that took nothing when they were last called, by name. */
  get troubles(): ReadonlyMap<string, WebhookTrouble> {
    return this.#troubles;
  }

  async perform(claimed: WebhookClaim): Promise<Performed> {
    const { incident: number, webhook, call: id } = claimed.effect;
    const incident = await this.#options.store.incident(number);
    if (!incident) return { as: "skipped", why: "the incident is not there" };
    const call = incident.escalation.calls.find((each) => each.id === id);
    const unwanted = this.#unwanted(claimed, incident, call);
    if (unwanted) return unwanted;
    const target = Object.hasOwn(this.#options.targets, webhook) ? this.#options.targets[webhook] : undefined;
    if (!target) return refusedBy(claimed, "it is not configured any more");
    const sent = await this.#request(target, claimed, incident, call);
    return this.#outcomeOf(claimed, incident, await send(sent, this.#options));
  }

  #unwanted(
    { effect, suspectSince }: WebhookClaim,
    incident: Incident,
    call: Call | undefined,
  ): Performed | null {
    const { webhook, act } = effect;
    if (act !== "trigger")
      return isUntold(incident.escalation, webhook) ? { as: "skipped", why: "it never heard of it" } : null;
    if (!call) return { as: "skipped", why: "the call is not there" };
    if (isOpen(incident) && !isMoot(incident, call)) return null;
    // What may have arrived must be told how it went on.
    if (suspectSince !== null) return { as: "skipped", why: "nobody is needed any more" };
    return { as: "done", result: this.#noted(effect, { type: "NoteWebhookSpared" }) };
  }

  async #request(
    target: WebhookTarget,
    { effect, key: effectKey }: WebhookClaim,
    incident: Incident,
    call: Call | undefined,
  ): Promise<Sent> {
    const { store, clock } = this.#options;
    const { act } = effect;
    const people = await store.people(wordsTold(incident, call).flatMap((text) => mentionsIn(text)));
    const names = new Map([...people].map(([user, { name }]) => [user, name]));
    const facts = webhookFacts(incident, {
      act,
      call,
      key: keyOf(incident),
      at: call?.at ?? clock.now(),
      names,
      link: linkTo(incident, await store.meta("teamUrl")),
    });
    if (target.type === "pagerduty") return pagerdutyEvent(target, facts);
    const once = tellsWebhooks(incident) ? effectKey : digest(`${effectKey} ${incident.declaredAt}`);
    return signedRequest(target, facts, once, Math.floor(wireNow() / 1000));
  }

  #outcomeOf(claimed: WebhookClaim, incident: Incident, answered: Answered): Performed {
    const { effect, attempts } = claimed;
    const { webhook, act, call } = effect;
    if (answered.as === "taken") this.#troubles.delete(webhook);
    else {
      const since = this.#troubles.get(webhook)?.since ?? this.#options.clock.now();
      this.#troubles.set(webhook, { since, error: answered.error });
    }
    switch (answered.as) {
      case "taken":
        return act === "trigger"
          ? { as: "done", result: this.#noted(effect, { type: "NoteWebhookReached" }) }
          : { as: "done" };
      case "refused":
        return refusedBy(claimed, answered.error);
      case "failed": {
        const { error, sure, after: wanted } = answered;
        if (act !== "trigger" && attempts >= outcomeTries) return refusedBy(claimed, `${error} for a day`);
        const after = wanted === undefined ? undefined : Math.min(wanted, longestWait);
        const isDown = attempts >= quickTries || (after ?? 0) > patience;
        const isNews = ringOf(incident.escalation, call ?? "", webhook)?.delivery === "pending";
        const failure = `it does not take the call (${error})`;
        return {
          as: "retry",
          error,
          sure,
          pause: "row",
          ...(after !== undefined && { after }),
          ...(isDown && isNews && { note: this.#noted(effect, { type: "NoteWebhookMissed", failure }) }),
        };
      }
      default:
        return answered satisfies never;
    }
  }

  #noted(
    { incident, webhook, call }: WebhookClaim["effect"],
    what:
      | { type: "NoteWebhookReached" | "NoteWebhookSpared" }
      | { type: "NoteWebhookMissed"; failure: string },
  ): Command {
    return { ...what, at: this.#options.clock.now(), actor: bot, incident, webhook, call: call ?? "" };
  }
}

/** Definitely: said in the channel, and repeated only when somebody asks for it. */
function refusedBy({ effect: { webhook, act } }: WebhookClaim, error: string): Performed {
  const deed =
    act === "trigger"
      ? `Calling the webhook ${webhook}`
      : `Telling the webhook ${webhook} that ${act === "resolve" ? "it is over" : "somebody has it"}`;
  const sentence = `${deed} was not possible: ${error}. Check what sitrep.yml says of it.`;
  return { as: "dead", error, sentence };
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);

/** One an incident, also where several installations call the same service. Of a private one it tells nothing. */
function keyOf(incident: Incident): string {
  const key = `sitrep/${reference(incident)}/${new Date(incident.declaredAt).toISOString()}`;
  return tellsWebhooks(incident) ? key : digest(key);
}

const linkTo = ({ channel }: Incident, teamUrl: string | undefined): string =>
  channel && teamUrl !== undefined ? `${teamUrl.replace(/\/*$/, "/")}archives/${channel.id}` : "";
