import { describe, expect, it } from "vitest";
import { bot } from "../../src/domain/actor.ts";
import type { OpenIncident } from "../../src/domain/policy/similar.ts";
import type { Rules } from "../../src/domain/rules.ts";
import { after, alice, bob, declare, declaredAt, given, keysOf, opened, rules, text } from "./given.ts";

const inviting: Rules = {
  ...rules,
  severities: {
    ...rules.severities,
    SEV1: { ...rules.severities.SEV1, invite: ["U1", "U7"] },
    SEV2: { ...rules.severities.SEV2, invite: ["U8"] },
    SEV3: { ...rules.severities.SEV3, invite: ["U9"] },
  },
  services: { checkout: { owners: ["U5", "U8"], escalation: null } },
};
const by = { at: after(1), actor: bob, incident: 1 };
const sev = (severity: "SEV1" | "SEV2" | "SEV3", reason = "because") =>
  ({ type: "SetSeverity", ...by, severity, reason: text(reason) }) as const;
const invites = (effects: Parameters<typeof keysOf>[0]) =>
  effects.flatMap(({ effect }) => (effect.type === "InvitePeople" ? [effect.users] : []));

describe("invitations", () => {
  it("wait for the channel, name everybody once and never the declarer", () => {
    const incident = given([declare({ severity: "SEV1", services: ["checkout", "unknown"] })], inviting);
    expect(invites(incident.effects)).toEqual([]);
    expect(invites(incident.when(opened).effects)).toEqual([["U1"], ["U7", "U5", "U8"]]);
  });

  it("come with a worse severity, for those who were not invited yet", () => {
    const incident = given([declare({ severity: "SEV3" }), opened], inviting);
    expect(invites(incident.when(sev("SEV2")).effects)).toEqual([["U8"]]);
    expect(invites(incident.when(sev("SEV1")).effects)).toEqual([["U7"]]);
    expect(invites(incident.when(sev("SEV2")).effects)).toEqual([]);
    expect(invites(incident.when(sev("SEV1")).effects)).toEqual([]);
  });

  it.each([{ private: true }, { drill: true }])("are none with %o", (mark) => {
    const incident = given([declare({ ...mark, services: ["checkout"] }), opened], inviting);
    expect(incident.state.opening.invited).toEqual([]);
    expect(invites(incident.when(sev("SEV1")).effects)).toEqual([]);
  });

  it("that were refused are noted once a person", () => {
    const incident = given([declare(), opened]);
    const note = (...users: string[]) =>
      ({
        type: "NoteInvitesRefused",
        ...by,
        actor: bot,
        refused: users.map((user) => ({ user, error: "cant_invite" })),
      }) as const;
    expect(keysOf(incident.when(note("U9")).effects)).toContain(`1:post:uninvited:${incident.state.version}`);
    expect(incident.when(note("U9")).events).toEqual([]);
    expect(incident.when(note("U9", "U6")).events).toMatchObject([
      { data: { refused: [{ user: "U6", error: "cant_invite" }] } },
    ]);
  });
});

describe("the topic", () => {
  const topics = (effects: Parameters<typeof keysOf>[0]) =>
    keysOf(effects).filter((key) => key.includes(":topic:")).length;

  it("is set with the channel and by what it tells, by nothing else", () => {
    const incident = given([declare()]);
    expect(topics(incident.effects)).toBe(0);
    expect(topics(incident.when(opened).effects)).toBe(1);
    expect(topics(incident.when(sev("SEV1")).effects)).toBe(1);
    expect(topics(incident.when({ type: "SetStatus", ...by, status: "IDENTIFIED" }).effects)).toBe(1);
    expect(topics(incident.when({ type: "SetTitle", ...by, title: text("other") }).effects)).toBe(0);
    const update = { type: "PublishUpdate", ...by, currentAction: text("looking") } as const;
    expect(topics(incident.when(update).effects)).toBe(0);
    expect(topics(incident.when({ type: "Resolve", ...by }).effects)).toBe(1);
  });
});

describe("the question whether it is the same", () => {
  const other: OpenIncident = {
    number: 41,
    title: text("checkout 500"),
    services: [],
    declaredAt: declaredAt - 3_600_000,
    channel: "C41",
    private: false,
    drill: false,
  };

  it("is posted with the channel and answered once", () => {
    const incident = given([declare({ others: [other] })]);
    expect(keysOf(incident.when(opened).effects)).toContain("1:post:similar");
    const no = { type: "DismissSimilar", ...by, of: 41 } as const;
    expect(incident.when({ ...no, of: 40 }).refusal?.code).toBe("answered");
    expect(incident.when(no).refusal).toBeUndefined();
    expect(incident.when(no).refusal?.code).toBe("answered");
  });
});

describe("a channel that Slack refuses", () => {
  const refusal = (key: string) =>
    ({ type: "NoteEffectRefused", ...by, actor: bot, key, error: "e", sentence: "No." }) as const;
  const refused = refusal("1:channel:create");
  const thread = {
    type: "NoteMessagePosted",
    ...by,
    actor: bot,
    slot: "in:C9:thread",
    channel: "C9",
    ts: "1.1",
  } as const;
  const retry = { type: "RetryChannel", ...by, actor: alice } as const;

  it("is replaced by a thread where it was declared, else by direct messages", () => {
    const incident = given([declare({ declaredIn: "C9" })]);
    expect(keysOf(incident.when(refused).effects)).toEqual(["1:post:in:C9:thread"]);
    expect(keysOf(incident.when(refusal("1:post:in:C9:thread")).effects)).toEqual(["1:post:dm:U1:thread"]);
    expect(keysOf(given([declare()]).when(refused).effects)).toEqual(["1:post:dm:U1:thread"]);
  });

  it("is not asked for twice at a time, nor once it is there or nothing goes on", () => {
    const incident = given([declare({ declaredIn: "C9" })]);
    expect(incident.when(retry).refusal?.code).toBe("channel_coming");
    incident.when(refused);
    incident.when(thread);
    expect(keysOf(incident.when(retry).effects)).toContain("1:channel:create:1");
    expect(incident.when(retry).refusal?.code).toBe("channel_coming");
    incident.when(refusal("1:channel:create:1"));
    expect(keysOf(incident.when(retry).effects)).toContain("1:channel:create:2");
    incident.when(opened);
    expect(incident.when(retry).refusal?.code).toBe("channel_there");
    const over = given([declare({ declaredIn: "C9" }), refused, thread, { type: "Resolve", ...by }]);
    expect(over.when(retry).refusal?.code).toBe("over");
  });

  it("takes nobody's channel for its own: the thread's is neither pinned, named nor archived", () => {
    const incident = given([declare({ declaredIn: "C9" }), refused]);
    const there = incident.when(thread);
    expect(there.state.channel).toBeNull();
    expect(keysOf(there.effects).filter((key) => /topic|pin|invite|bookmark/.test(key))).toEqual([]);
  });

  it("is never replaced for a private incident", () => {
    const incident = given([declare({ declaredIn: "C9", private: true })]);
    expect(keysOf(incident.when(refused).effects).filter((key) => key.includes("thread"))).toEqual([]);
  });
});
