import { describe, expect, it } from "vitest";
import { slackUser } from "../../src/domain/actor.ts";
import type { Command } from "../../src/domain/command.ts";
import type { Incident } from "../../src/domain/incident.ts";
import { askIn, lengthOf } from "../../src/slack/asks/length.ts";
import { personIn } from "../../src/slack/commands/mentioned.ts";
import { roleNamed } from "../../src/slack/roles/role-words.ts";
import { rolesView } from "../../src/slack/roles/roles-view.ts";
import type { ViewModel } from "../../src/slack/views/model.ts";
import { renderSlot } from "../../src/slack/views/render-slot.ts";
import { maxTotalBlockText, totalBlockText, validateMessage } from "../../src/workspace/block-kit/message.ts";
import { after, alice, declare, given, opened, rules, text } from "../domain/given.ts";

const minute = 60_000;
const model = (incident: Incident): ViewModel => ({
  incident,
  rules,
  now: after(20),
  names: new Map([
    ["U1", "alice"],
    ["U2", "bob"],
  ]),
  teamUrl: "https://acme.slack.com/",
});

describe("what is written", () => {
  it.each([
    ["<@U2>", { user: "U2", rest: "" }],
    ["comms <@U2|bob>", { user: "U2", rest: "comms" }],
    ["<@U2> comms lead", { user: "U2", rest: "comms lead" }],
    ["scribe me", { user: "U1", rest: "scribe" }],
    ["me", { user: "U1", rest: "" }],
    ["scribe", null],
    ["@bob", null],
  ])("“%s” names a person", (line, named) => {
    expect(personIn(line, "U1")).toEqual(named);
  });

  it.each([
    ["comms", "commsLead"],
    ["Comms Lead", "commsLead"],
    ["IC", "commander"],
    ["ops", "operationsLead"],
    ["operations-lead", "operationsLead"],
    ["scribe:", "scribe"],
  ])("“%s” is a role", (word, role) => {
    expect(roleNamed(word)).toEqual({ role });
  });

  it.each([
    ["scirbe", "scribe"],
    ["comander", "commander"],
    ["opps", "operationsLead"],
    ["constructor", null],
    ["janitor", null],
  ])("“%s” is none, the nearest is %s", (word, nearest) => {
    expect(roleNamed(word)).toEqual({ nearest });
  });

  it.each([
    ["5m", 5],
    ["5 min", 5],
    ["2h", 120],
    ["0m", null],
    ["25h", null],
    ["v2", null],
  ])("“%s” is a length", (written, minutes) => {
    expect(lengthOf(written)).toBe(minutes === null ? null : minutes * minute);
  });

  it.each([
    ["check the pool 5m", { text: "check the pool", within: 5 * minute }],
    ["check the pool in 5 min", { text: "check the pool", within: 5 * minute }],
    ["roll back to 2", { text: "roll back to 2", within: null }],
    ["5m", { text: "5m", within: null }],
  ])("“%s” is an ask with its length", (line, asked) => {
    expect(askIn(line)).toEqual(asked);
  });
});

describe("at the limits", () => {
  const long = "<!channel> <@U2> & *x* `y` ".repeat(200);
  const world = given([declare({ title: text(long) }), opened]);
  for (let n = 0; n < 100; n++) {
    const ask: Command = {
      type: "AskPerson",
      incident: 1,
      at: after(1),
      actor: alice,
      ask: `a${n}`,
      to: `U${n + 1}`,
      text: text(long),
      within: 5 * minute,
    };
    const join: Command = {
      type: "NoteMemberJoined",
      incident: 1,
      at: after(5),
      actor: slackUser(`U${n}`),
      user: `U${n}`,
      keyEntries: [1, 2, 3].map((each) => ({ at: after(each), text: text(long) })),
    };
    world.when(ask);
    world.when(join);
  }
  world.when({ type: "RemindCommander", incident: 1, at: after(6), actor: { kind: "bot" }, since: after(0) });
  const missing = renderSlot("missing", model(world.state));
  world.when({ type: "GiveRole", incident: 1, at: after(7), actor: alice, role: "commander", to: "U1" });
  world.when({ type: "OfferCommand", incident: 1, at: after(8), actor: alice, to: "U2" });
  world.when({
    type: "GiveRole",
    incident: 1,
    at: after(8),
    actor: alice,
    role: "scribe",
    to: "U2",
  });
  const { state } = world;
  const change = state.roles.changes.at(-1)?.version;
  const slots = [
    "ask:a0",
    "dm:U1:ask:a0",
    "chase:a99",
    `handover:${state.roles.offers[0]?.id}`,
    `role:${change}`,
    `dm:U2:role:${change}`,
    `dm:U7:brief:${after(5)}`,
  ];
  const standing = (slot: string) => ({ ...state, posts: { [slot]: { channel: "C1", ts: "1.000100" } } });
  const shown = [
    ["missing", missing] as const,
    ...slots.map((slot) => [slot, renderSlot(slot, model(standing(slot)))] as const),
    ["the list of roles", rolesView(model(state), "U1")] as const,
  ];

  it.each(shown)("%s is a message that Slack takes, and mentions nobody whom words name", (_, message) => {
    if (!message) throw new Error("it is not wanted");
    expect(validateMessage(message)).toEqual([]);
    expect(totalBlockText(message.blocks)).toBeLessThanOrEqual(maxTotalBlockText);
    expect(JSON.stringify(message)).not.toMatch(/<!channel>|"type":"broadcast"/);
  });

  it("those whom a reminder mentions are ten at most", () => {
    expect(JSON.stringify(missing?.blocks).match(/"type":"user"/g)).toHaveLength(10);
  });
});
