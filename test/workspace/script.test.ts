import { describe, expect, it } from "vitest";
import { parseLine } from "../../src/workspace/prompt.ts";
import { act, parseScenario, playScenario, ScenarioError, settingsOf } from "../../src/workspace/script.ts";
import { stage } from "./tiny-app.ts";

const SCENARIO = `
title: Payment Service Outage
start: 2024-02-15T14:30:00Z
people: [alice, bob]
steps:
  - { at: "14:35", who: alice, in: "#general", types: /tiny declare }
  - { at: "14:37", who: bob, in: incident, says: on it }
  - { at: "+1m", who: alice, in: incident, reacts: pushpin, to: on it }
  - { who: bob, in: incident, replies: thanks, to: on it }
`;

function faultsOf(yaml: string): readonly string[] {
  try {
    parseScenario(yaml);
  } catch (error) {
    if (error instanceof ScenarioError) return error.faults;
    throw error;
  }
  return [];
}

const withStep = (step: string): string => SCENARIO.replace(/steps:[\s\S]*/, `steps:\n  - ${step}\n`);

describe("a scenario", () => {
  it("is played at its own times, in the channel that the app opened", async () => {
    await using scene = await stage();
    const { ws, app, call } = scene;
    app.reply = async ({ body }) => {
      if (body["command"] !== undefined) await call("conversations.create", { name: "inc-1" });
      return {};
    };
    const played: string[] = [];
    await playScenario(ws, parseScenario(SCENARIO), {
      onStep: (step, seen) => played.push(`${step.doing.verb} ${seen.ok}`),
    });
    expect(played).toEqual(["types true", "says true", "reacts true", "replies true"]);
    expect(
      ws
        .channel("inc-1")
        .transcript()
        .split("\n")
        .filter((line) => !line.includes("joined")),
    ).toEqual(["14:37 bob: on it", "      :pushpin: 1", "    14:38 bob: thanks"]);
    expect(new Date(ws.clock.now()).toISOString()).toBe("2024-02-15T14:38:00.000Z");
  });

  it("can be played while time flows", async () => {
    await using scene = await stage();
    const { ws } = scene;
    const scenario = parseScenario(withStep('{ at: "14:40", who: bob, in: "#general", says: later }'));
    const stop = ws.clock.flow(60_000);
    await playScenario(ws, scenario, { reach: (at) => ws.clock.sleepUntil(at, "timer") });
    await stop();
    expect(ws.channel("general").transcript()).toContain("bob: later");
    expect(ws.clock.now()).toBeGreaterThanOrEqual(Date.parse("2024-02-15T14:40:00Z"));
  });

  it("names the step that cannot be done", async () => {
    await using scene = await stage();
    const scenario = parseScenario(withStep('{ at: "14:31", who: bob, clicks: Post as is }'));
    await expect(playScenario(scene.ws, scenario)).rejects.toThrow(
      'Step 1 (bob clicks) failed: bob sees no button "Post as is". There are none.',
    );
  });

  it.each([
    ['{ at: "14:35", who: alice, sais: x }', "step 1: expected one of types, says"],
    ['{ at: "14:35", who: alice, sais: x }', 'Did you mean "says"?'],
    ["{ who: carol, says: x }", 'step 1: who: expected one of alice, bob, found "carol".'],
    [
      '{ at: "25:00", who: alice, says: x }',
      'step 1: at: expected "14:35", "+5m" or an instant, found "25:00".',
    ],
    ['{ at: "14:29", who: alice, says: x }', "step 1: at: 14:29 is before the step above it."],
    [
      "{ who: alice, in: general, says: x }",
      'step 1: in: expected "#channel", "@person" or "incident", found "general".',
    ],
    ["{ who: alice, reacts: pushpin }", "step 1: to: expected string, received undefined"],
    ["{ who: alice, says: x, types: /y }", "step 1: one act a step, found says and types."],
    ["{ who: alice, clicks: x, mesage: y }", 'step 1: mesage: unknown here, did you mean "message"?'],
    ["{ who: alice, types: declare }", "step 1: types:"],
  ])("refuses %s", (step, fault) => {
    expect(faultsOf(withStep(step)).join("\n")).toContain(fault);
  });

  it("brings the app's settings along, with people by name and each line where it stood", () => {
    const scenario = parseScenario(
      SCENARIO.replace("steps:", 'settings:\n  # Who is called.\n  onCall: ["user:@bob"]\nsteps:'),
    );
    const text = settingsOf(scenario, (name) => `U-${name}`) ?? "";
    expect(text.trimEnd().split("\n").slice(6)).toEqual(['  onCall: ["user:U-bob"]']);
    expect(settingsOf(parseScenario(SCENARIO), () => "")).toBeUndefined();
  });

  it("is refused when its settings name somebody else", () => {
    expect(
      faultsOf(SCENARIO.replace("steps:", 'settings: { a: ["@bob"], b: "user:@erin" }\nsteps:')),
    ).toEqual(["settings: expected one of @alice, @bob, found @erin."]);
  });

  it("is refused with all faults at once, also those of the head", () => {
    expect(faultsOf(SCENARIO.replace("title:", "titel:"))).toEqual([
      "title: expected string, received undefined",
      'titel: unknown, did you mean "title"? Allowed: title, start, people, channels, groups, settings, steps.',
    ]);
    expect(faultsOf(SCENARIO.replace("on it", "''").replace("14:35", "99:99"))).toHaveLength(2);
    expect(faultsOf("title: [")).not.toEqual([]);
  });

  it("takes a form and its submission in one step", () => {
    const [step] = parseScenario(
      withStep("{ who: alice, fills: { Status: X, Affects: [a, b] }, submits: true }"),
    ).steps;
    expect(step?.doing).toEqual({
      verb: "fills",
      fills: { Status: "X", Affects: ["a", "b"] },
      submits: true,
    });
  });
});

describe("user groups of a scenario", () => {
  const grouped = (groups: string) => SCENARIO.replace("steps:", `groups: ${groups}\nsteps:`);

  it("are people of it", () => {
    expect(parseScenario(grouped("{ sre: [alice, bob] }")).groups).toEqual({ sre: ["alice", "bob"] });
    expect(parseScenario(SCENARIO)).not.toHaveProperty("groups");
    expect(faultsOf(grouped("{ sre: [alcie] }"))).toEqual([
      "groups.sre: expected one of alice, bob, found alcie.",
    ]);
  });
});

describe("a line at the prompt", () => {
  it.each([
    [
      "alice #general types /incident declare sev2 x",
      "alice",
      "#general",
      { verb: "types", types: "/incident declare sev2 x" },
    ],
    ["alice incident says on it", "alice", "incident", { verb: "says", says: "on it" }],
    [
      "bob #inc-1 reacts :pushpin: to rolling back",
      "bob",
      "#inc-1",
      { verb: "reacts", reacts: "pushpin", to: "rolling back" },
    ],
    [
      'bob #inc-1 replies "rolling back" done',
      "bob",
      "#inc-1",
      { verb: "replies", replies: "done", to: "rolling back" },
    ],
    ['bob #inc-1 edits "15 %" 12 %', "bob", "#inc-1", { verb: "edits", edits: "15 %", into: "12 %" }],
    ["bob clicks Post as is", "bob", undefined, { verb: "clicks", clicks: "Post as is" }],
    [
      'bob clicks "Post as is" in Next update',
      "bob",
      undefined,
      { verb: "clicks", clicks: "Post as is", message: "Next update" },
    ],
    [
      "bob fills Status: MITIGATING; Recovered at: 14:52",
      "bob",
      undefined,
      { verb: "fills", fills: { Status: "MITIGATING", "Recovered at": "14:52" } },
    ],
    ["bob submits", "bob", undefined, { verb: "submits", submits: true }],
    ["bob opensHome", "bob", undefined, { verb: "opensHome", opensHome: true }],
    ["bob clicksAtHome Declare", "bob", undefined, { verb: "clicksAtHome", clicksAtHome: "Declare" }],
    ["bob #inc-1 invites @alice, carol", "bob", "#inc-1", { verb: "invites", invites: "@alice, carol" }],
    ["bob #inc-1 archives", "bob", "#inc-1", { verb: "archives", archives: true }],
    ["bob #inc-1 renames ops", "bob", "#inc-1", { verb: "renames", renames: "ops" }],
    ["bob #inc-1 removes @sitrep", "bob", "#inc-1", { verb: "removes", removes: "@sitrep" }],
    ["bob #inc-1 deletesChannel", "bob", "#inc-1", { verb: "deletesChannel", deletesChannel: true }],
    ["bob #inc-1 makesPrivate", "bob", "#inc-1", { verb: "makesPrivate", makesPrivate: true }],
    ["bob pauses 2h", "bob", undefined, { verb: "pauses", pauses: "2h" }],
    ["bob @sitrep says hi", "bob", "@sitrep", { verb: "says", says: "hi" }],
  ])("reads %s", (line, who, place, doing) => {
    expect(parseLine(line)).toEqual({ ok: true, who, ...(place !== undefined && { in: place }), doing });
  });

  it.each([
    ["", "Write: alice #general types"],
    ["alice #general sayz x", 'Did you mean "says"?'],
    ["alice #general reacts pushpin", "Write: alice #general reacts pushpin to TEXT"],
    ["alice #general types declare", "Write: alice #general types /COMMAND"],
    ["alice says", "says: "],
    ["alice pauses later", "expected a length such as 2h"],
    ["alice opensHome now", "Write: alice #general opensHome"],
  ])("refuses %j", (line, error) => {
    const parsed = parseLine(line);
    expect(parsed.ok ? "" : parsed.error).toContain(error);
  });

  it("lets people change a channel and their own account", async () => {
    await using scene = await stage({ channels: ["general", "ops"] });
    const { ws } = scene;
    const { id } = ws.state.addPerson({ name: "carol" });
    for (const written of ["alice #ops invites @carol", "alice #ops setsTopic SEV1", "alice pauses 2h"]) {
      const line = parseLine(written);
      if (!line.ok) throw new Error(line.error);
      await act(ws, line);
    }
    expect(ws.state.channelNamed("ops")?.members.has(id)).toBe(true);
    expect(ws.channel("ops").topic).toBe("SEV1");
    expect(ws.state.personNamed("alice")?.doNotDisturb?.to).toBe(ws.clock.now() + 7_200_000);
  });

  it("is acted out", async () => {
    await using scene = await stage();
    const line = parseLine("alice #general says hello");
    if (!line.ok) throw new Error(line.error);
    await act(scene.ws, line);
    expect(scene.ws.channel("general").transcript()).toContain("alice: hello");
  });
});
