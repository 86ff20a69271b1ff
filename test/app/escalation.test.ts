import { describe, expect, it } from "vitest";
import { World } from "./world.ts";

const people = ["alice", "bob", "carol", "dave", "erin"];
const channel = "inc-1-checkout-500s";

type Settings = (id: (name: string) => string) => string;

const usual: Settings = (id) => `
severities:
  SEV3: { escalation: off }
  SEV1: { escalation: wide }
onCall:
  primary: { handover: "mon 09:00", people: [${id("bob")}, ${id("carol")}], since: "2024-02-12" }
escalation:
  default:
    steps:
      - { after: 0m, notify: ["oncall:primary"] }
      - { after: 5m, notify: ["group:sre"] }
      - { after: 15m, when: unresolved, notify: ["channel:leadership"], message: "Not resolved after 15 minutes" }
  wide:
    steps: [{ after: 0m, notify: ["user:${id("erin")}", "user:${id("bob")}"] }]
phones: { ${id("bob")}: "+84 28 1" }
`;

const steps =
  (...notify: ((id: (name: string) => string) => string)[]): Settings =>
  (id) =>
    `escalation:\n  default:\n    steps:\n${notify.map((each, index) => `      - { after: ${index * 5}m, notify: ["${each(id)}"] }`).join("\n")}\n`;
const user = (name: string) => (id: (name: string) => string) => `user:${id(name)}`;

async function declared(words = "sev2 checkout 500s", settings: Settings = usual) {
  const world = await World.open({
    people,
    channels: ["general", "incidents", "leadership"],
    groups: { sre: ["carol", "dave"] },
    settings,
  });
  await world.as("alice").in("#general").types(`/incident declare ${words}`);
  await world.ws.settle();
  return { world, alice: world.as("alice").in(`#${channel}`) };
}

const count = (text: string, part: string) => text.split(part).length - 1;

describe("a call", () => {
  it("is a direct message with what is known, a mention in the channel, and an invitation into it", async () => {
    const { world } = await declared();
    await using _ = world;
    const told = await world.transcript(channel);
    expect(told).toContain("Calling @bob (on call: primary), step 1 of default");
    expect(told).toContain("Unless somebody answers, next: group sre at 14:41 UTC.");
    expect(told).toContain("Called: @bob; next: group sre at 14:41 UTC");
    expect(world.ws.channel(channel).members).toContain("bob");
    const direct = world.as("bob").directMessages();
    expect(direct).toContain("You are needed: INC-1 checkout 500s");
    expect(direct).toContain("Channel: #inc-1-checkout-500s");
    expect(direct).toContain("[Ack]");
  });

  it("answered from the direct message stops the steps that wait, and shows who has it everywhere", async () => {
    const { world } = await declared();
    await using _ = world;
    await world.ws.clock.advance("2m");
    await world.as("bob").in("@sitrep").clicks("Ack");
    await world.ws.settle();
    expect(world.as("bob").sees().join("\n")).toContain(
      "You have INC-1, and its card says so. The steps that wait",
    );
    const told = await world.transcript(channel);
    expect(told).toContain("Acknowledged: by @bob at 14:38 UTC");
    expect(told).toContain("Acknowledged by @bob after 2 minutes.");
    expect(world.as("bob").directMessages()).not.toContain("[Ack]");
    await world.as("bob").in(`#${channel}`).types("/incident lead");
    await world.ws.clock.advance("13m");
    const later = await world.transcript(channel);
    expect(later).not.toContain("group sre");
    expect(world.as("carol").directMessages()).toBe("");
    // Until resolution: it comes all the same.
    expect(await world.transcript("leadership")).toContain("Not resolved after 15 minutes");
    expect(later).toContain("Calling #leadership, step 3 of default");
  });

  it("by two clicks, or two people, is one answer each", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    world.ws.deliveries.next("block_actions", { duplicate: 2 });
    await world.as("bob").in(`#${channel}`).clicks("Ack", { in: "Calling" });
    expect((await world.as("bob").in(`#${channel}`).types("/incident ack")).answer).toContain(
      "You acknowledged INC-1 at 14:36 UTC already, so nothing was added.",
    );
    expect((await alice.types("/incident ack")).answer).toContain(
      "@bob acknowledged at 14:36 UTC; now you have as well",
    );
    expect(await world.transcript(channel)).toContain("by @bob at 14:36 UTC, also by @alice");
    const events = await world.app.store.events(1);
    expect(events.filter(({ event }) => event.type === "CallAcknowledged")).toHaveLength(2);
  });

  it("to a user group reaches each of its people", async () => {
    const { world } = await declared();
    await using _ = world;
    await world.ws.clock.advance("5m");
    expect(await world.transcript(channel)).toContain("Calling @carol, @dave (group sre), step 2 of default");
    expect(world.as("dave").directMessages()).toContain("You are needed");
    expect(world.ws.channel(channel).members).toEqual(expect.arrayContaining(["carol", "dave"]));
  });

  it("that nobody answers ends loudly, in the channel and under the announcement, with phone numbers", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await world.ws.clock.advance("21m");
    const told = await world.transcript(channel);
    expect(told).toContain("@channel Nobody has answered: everybody of default was called.");
    expect(told).toContain("@bob: +84 28 1");
    expect(await world.transcript("incidents")).toMatch(
      /\(from a thread\): INC-1 checkout 500s\n +Nobody has answered/,
    );
    expect((await alice.types("/incident escalate")).answer).toContain(
      "called already. “page @user” calls somebody",
    );
    await alice.clicks("Ack", { in: "Nobody has answered" });
    expect(await world.transcript(channel)).toContain("@alice has acknowledged since");
  });

  it("that is repeated bears the number of its step, in the channel and in the post-mortem", async () => {
    const { world } = await declared("sev2 checkout 500s", (id) =>
      usual(id).replace("  default:\n", "  default:\n    repeat: 1\n    repeatEvery: 5m\n"),
    );
    await using _ = world;
    await world.ws.clock.advance("16m");
    const told = await world.transcript(channel);
    expect(told).toContain("Calling @bob (on call: primary), step 1 of default, again");
    expect(told).toContain("Calling @carol, @dave (group sre), step 2 of default, again");
    expect(told).toContain("Calling #leadership, step 3 of default\n");
    const report = await (await world.api("/api/incidents/INC-1/postmortem.md")).text();
    expect(report).toContain("Called on-call primary (@bob) by policy default, step 1, again");
  });

  it("is on the timeline and in the post-mortem, with who answered after how long", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await world.ws.clock.advance("2m");
    await world.as("bob").in(`#${channel}`).types("/incident ack");
    await alice.types("/incident resolve rolled back");
    await world.ws.settle();
    const report = await (await world.api("/api/incidents/INC-1/postmortem.md")).text();
    expect(report).toContain("14:36 - Called @bob (on call: primary)");
    expect(report).toContain("14:38 - Acknowledged by @bob, 2 minutes after the call");
    expect(report).toContain(
      "Called on-call primary (@bob) by policy default, step 1; @bob answered after 2 minutes",
    );
  });

  it("is not made any more once the incident is resolved, and its buttons go", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await alice.types("/incident resolve rolled back");
    await world.ws.clock.advance("1h");
    expect(world.as("carol").directMessages()).toBe("");
    expect(world.as("bob").directMessages()).toContain("INC-1 is RESOLVED: no answer is needed.");
    expect((await alice.types("/incident ack")).answer).toContain(
      "INC-1 is RESOLVED: nobody is called any more",
    );
    expect((await alice.types("/incident escalate")).answer).toContain("so nobody is called");
  });
});

describe("a severity that nobody gave", () => {
  it("leaves a minute to say otherwise", async () => {
    const { world } = await declared("checkout 500s");
    await using _ = world;
    const told = await world.transcript(channel);
    expect(told).toMatch(/Calling @bob \(on call: primary\) in (?:60|59) s/);
    expect(told).toContain("Nobody was called; the first call goes out at 14:37 UTC");
    await world.ws.clock.advance("1m");
    const later = await world.transcript(channel);
    expect(later).toContain("Calls began at 14:37 UTC.");
    expect(later).toContain("Calling @bob (on call: primary), step 1");
  });

  it("is called off by one press, or called now", async () => {
    const { world, alice } = await declared("checkout 500s");
    await using _ = world;
    await alice.clicks("Don’t");
    await world.ws.clock.advance("3m");
    const told = await world.transcript(channel);
    expect(told).toContain("Not calling @bob (on call: primary): @alice said so at 14:36 UTC.");
    expect(told).toContain("Nobody was called");
    await alice.clicks("Call on-call");
    expect(await world.transcript(channel)).toContain("Calling @bob (on call: primary), step 1 of default");
    const other = await declared("checkout 500s");
    await using _other = other.world;
    await other.alice.clicks("Call now");
    expect(await other.world.transcript(channel)).toContain(
      "Calling @bob (on call: primary), step 1 of default",
    );
  });

  it("raised to another policy calls that one, and who has answered is left alone", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await world.as("bob").in(`#${channel}`).types("/incident ack");
    await alice.types("/incident severity sev1");
    const told = await world.transcript(channel);
    expect(told).toContain("Calling @erin, step 1 of wide");
    expect(told).toContain("Not called, since they know already: @bob");
    expect(count(world.as("bob").directMessages(), "You are needed")).toBe(1);
  });
});

describe("nobody called", () => {
  it("is on the card with a button, which says what is missing", async () => {
    const { world, alice } = await declared("sev3 checkout 500s");
    await using _ = world;
    expect(await world.transcript(channel)).toMatch(/Nobody was called\n[^]*\[Call on-call\]/);
    await alice.clicks("Call on-call");
    await world.ws.settle();
    expect(alice.sees().join("\n")).toContain("neither its services nor SEV3 name one in sitrep.yml");
  });
});

describe("who cannot be reached", () => {
  it("because the account is closed is said so, and the next step comes at once", async () => {
    const world = await World.open({ people, settings: steps(user("bob"), user("carol")) });
    await using _ = world;
    world.ws.deactivate("bob");
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    const told = await world.transcript(channel);
    expect(told).toContain("Not reached: @bob, the account is deactivated");
    expect(told).toContain("The next step came at once.");
    expect(told).toContain("Calling @carol, step 2 of default, since nobody was reached by the step before");
  });

  it("beside others who were is named once, and nobody is said to be out of reach who was called", async () => {
    const settings: Settings = (id) =>
      `escalation:\n  default:\n    steps:\n      - { notify: ["user:${id("bob")}", "channel:nowhere"] }\n      - { after: 5m, notify: ["user:${id("carol")}"] }\n`;
    const world = await World.open({ people, settings });
    await using _ = world;
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    const told = await world.transcript(channel);
    expect(told).toContain("Not reached: #nowhere does not exist, is archived or is private without Sitrep");
    expect(told).toContain("Calling @carol, step 2 of default, since not all of the step before was reached");
    expect(count(told, "Create it (invite Sitrep, if it is private)")).toBe(1);
  });

  it("because of do not disturb is written to all the same", async () => {
    const world = await World.open({ people, settings: steps(user("bob"), user("carol")) });
    await using _ = world;
    await world.as("bob").pauses("1h");
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    const told = await world.transcript(channel);
    expect(told).toContain("Not reached: @bob, do not disturb is on");
    expect(told).toContain("Calling @carol, step 2");
    expect(world.as("bob").directMessages()).toContain("You are needed");
  });

  it("because there is no such group, or Slack's plan has none", async () => {
    const settings = steps(() => "group:nosuch", user("carol"));
    const { world } = await declared("sev2 checkout 500s", settings);
    await using _ = world;
    expect(await world.transcript(channel)).toContain(
      "Not reached: group nosuch, Slack has no such user group",
    );
    const free = await World.open({ people, settings });
    await using _free = free;
    await free.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    const told = await free.transcript(channel);
    expect(told).toContain("Not reached: group nosuch, user groups need a paid Slack plan");
    expect(told).toContain("Calling @carol, step 2");
  });

  it("is not said to have been called by whoever asked for it", async () => {
    const world = await World.open({ people, settings: steps(user("bob"), () => "group:nosuch") });
    await using _ = world;
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    await world.as("alice").in(`#${channel}`).types("/incident escalate");
    await world.ws.settle();
    expect(await world.transcript(channel)).toMatch(
      /Nobody is called, step 2 of default\n +asked for by @alice/,
    );
  });

  it("is not waited for where Slack does not say it now: the call goes out", async () => {
    const world = await World.open({ people, settings: steps(user("bob"), user("carol")) });
    await using _ = world;
    world.ws.faults.next("dnd.info", { when: "before", answer: 429 });
    world.ws.faults.next("users.info", { when: "before", answer: 429, times: 20 });
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    expect(world.as("bob").directMessages()).toContain("14:36 Sitrep (app): You are needed");
    expect(world.as("carol").directMessages()).toBe("");
  });

  it("because the channel of a step is missing", async () => {
    const { world } = await declared(
      "sev2 checkout 500s",
      steps(() => "channel:nowhere", user("carol")),
    );
    await using _ = world;
    const told = await world.transcript(channel);
    expect(told).toContain("#nowhere does not exist");
    expect(told).toContain("Calling @carol, step 2");
  });
});

describe("by hand", () => {
  it("escalate calls the next step with its reason, and a double click one step", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    expect((await alice.types("/incident escalate nobody <!channel> answers")).answer).toContain(
      "Calling group sre",
    );
    expect(await world.transcript(channel)).toContain("Reason: nobody <!channel> answers");
    world.ws.deliveries.next("block_actions", { duplicate: 2 });
    await alice.clicks("Escalate");
    await world.ws.settle();
    const events = await world.app.store.events(1);
    expect(events.filter(({ event }) => event.type === "PeopleCalled")).toHaveLength(3);
  });

  it("page calls a person, a group, a rotation or a policy, and says what it does not know", async () => {
    const { world, alice } = await declared("sev3 checkout 500s");
    await using _ = world;
    expect((await alice.types("/incident page @erin the database is yours")).answer).toContain(
      "Calling @erin.",
    );
    const told = await world.transcript(channel);
    expect(told).toContain("Calling @erin\n");
    expect(told).toContain("Reason: the database is yours");
    expect(told).toContain("called by @alice");
    expect(world.as("erin").directMessages()).toContain("Reason: the database is yours");
    expect((await alice.types("/incident page @sre")).answer).toContain("Calling group sre");
    expect((await alice.types("/incident page primary")).answer).toContain("Calling @bob (on call: primary)");
    expect((await alice.types("/incident page me")).answer).toContain("knows of INC-1 already");
    expect((await alice.types("/incident page nobody")).answer).toContain("Policies: `default`, `wide`");
    await alice.types("/incident page");
    expect(alice.modal()?.title).toBe("Call for INC-1");
    await alice.closes();
    expect((await alice.types("/incident page wide")).answer).toContain("Calling @erin, @bob");
  });

  it("oncall says who is on duty and who comes next", async () => {
    const { world } = await declared();
    await using _ = world;
    const { answer } = await world.as("erin").in("#general").types("/incident oncall");
    expect(answer).toContain("primary: @bob until 2024-02-19 09:00 UTC, then @carol");
  });
});

describe("a private incident", () => {
  it("calls people by direct message and tells no other channel", async () => {
    const { world } = await declared("sev2 --private checkout 500s");
    await using _ = world;
    await world.ws.clock.advance("16m");
    expect(world.as("bob").directMessages()).toContain("You are needed");
    expect(world.as("dave").directMessages()).toContain("You are needed");
    expect(await world.transcript("leadership")).not.toContain("checkout");
    const alice = world.as("alice").in(`#${channel}`);
    expect((await alice.types("/incident status")).answer).not.toContain("#leadership at");
    const told = await world.transcript(channel);
    expect(told).toContain("Not reached: #leadership, a private incident is told in no other channel");
    expect(told).toContain("Called: @bob, @carol, @dave\n");
    expect(world.ws.channel(channel).members).toEqual(expect.arrayContaining(["bob", "carol", "dave"]));
  });
});

describe("a drill", () => {
  it("prints whom it would call and calls nobody", async () => {
    const { world } = await declared("sev2 --drill checkout 500s");
    await using _ = world;
    await world.ws.clock.advance("21m");
    const name = world.ws.channels().find((each) => each.startsWith("inc-1")) ?? "";
    const told = await world.transcript(name);
    expect(told).toContain("DRILL · Would call @bob (on call: primary), step 1 of default");
    expect(told).toContain("DRILL · Would call group sre, step 2 of default");
    await world.as("bob").in("#general").types("/incident declare sev2 --drill cart is empty");
    await world.ws.settle();
    const knowing = world.ws.channels().find((each) => each.startsWith("inc-2")) ?? "";
    expect(await world.transcript(knowing)).toContain("DRILL · Would call nobody, step 1 of default");
    expect(told).not.toContain("@channel Nobody");
    expect(told).not.toContain("DRILL · DRILL");
    expect(told).toContain("everybody of default would have been called");
    expect(told).toContain("Call nobody: this is a drill.");
    expect(world.as("bob").directMessages()).toBe("");
    expect(world.ws.channel(name).members).not.toContain("bob");
    expect(await world.transcript("leadership")).not.toContain("checkout");
  });
});

describe("who has it and is silent", () => {
  it("is asked, and without an answer the next people are called", async () => {
    const { world, alice } = await declared();
    await using _ = world;
    await world.ws.clock.advance("1m");
    await world.as("bob").in(`#${channel}`).types("/incident lead");
    await world.ws.clock.advance("10m");
    await alice.says("I see errors falling");
    await world.ws.clock.advanceTo("2024-02-15T15:01:59Z");
    expect(await world.transcript(channel)).not.toContain("Still on it?");
    await world.ws.clock.advanceTo("2024-02-15T15:02:30Z");
    const asked = await world.transcript(channel);
    expect(asked).toContain("@bob Still on it?");
    expect(asked).toContain("Nothing was heard for 15 min.");
    await world.ws.clock.advance("5m");
    const wentOn = await world.transcript(channel);
    expect(wentOn).toContain("since who has it was not heard of for 20 minutes");
    expect(wentOn).toContain("Nobody answered, so the calls went on.");
  });

  it("is threatened with no calls where nobody can be called, and the end says nothing else of it", async () => {
    await using world = await World.open();
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    const alice = world.as("alice").in(`#${channel}`);
    await alice.types("/incident lead");
    await world.ws.clock.advance("21m");
    const asked = await world.transcript(channel);
    expect(asked).toMatch(/Still on it\?\n +Nothing was heard for 20 min. No policy says who else is called/);
    await world.ws.clock.advance("10m");
    await alice.types("/incident resolve rolled back");
    const ended = await world.transcript(channel);
    expect(ended).not.toContain("calls went on");
    expect(ended).toContain("Still on it? That question is over.");
  });
});

describe("who is brought in by a call", () => {
  it("has not been heard of by that", async () => {
    const { world } = await declared("sev2 checkout 500s", (id) =>
      usual(id)
        .replace("15m, when: unresolved", "12m, when: unresolved")
        .replace("channel:lead", `user:${id("erin")}", "channel:lead`),
    );
    await using _ = world;
    await world.ws.clock.advance("1m");
    await world.as("bob").in(`#${channel}`).types("/incident lead");
    await world.ws.clock.advance("12m");
    expect(await world.transcript(channel)).toContain("@erin has joined the channel");
    await world.ws.clock.advance("8m");
    expect(await world.transcript(channel)).toContain("Still on it?");
  });
});

describe("an incident whose channel Slack refuses", () => {
  it("calls people into its thread, and brings them in once the channel comes", async () => {
    const world = await World.open({ people, settings: steps(user("bob")) });
    await using _ = world;
    world.ws.faults.next("conversations.create", { when: "before", answer: { error: "restricted_action" } });
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    expect(await world.transcript("general")).toContain("Calling @bob, step 1 of default");
    expect(world.as("bob").directMessages()).toContain("where it goes on");
    await world.as("alice").in("#general").clicks("Try again");
    const told = await world.transcript(channel);
    expect(told).toContain("Calling @bob, step 1 of default");
    expect(world.ws.channel(channel).members).toContain("bob");
    expect(world.as("bob").directMessages()).toContain("Channel: #inc-1-checkout-500s");
    expect(count(world.as("bob").directMessages(), "You are needed")).toBe(1);
  });
});

describe("over the HTTP API", () => {
  it("each call comes with its delivery and who answered", async () => {
    const { world } = await declared();
    await using _ = world;
    await world.ws.clock.advance("2m");
    await world.as("bob").in(`#${channel}`).types("/incident ack");
    const answer: unknown = await (await world.api("/api/incidents/INC-1")).json();
    expect(answer).toMatchObject({
      escalation: {
        calls: [
          {
            at: "2024-02-15T14:36:00.000Z",
            policies: ["default"],
            step: 1,
            target: "oncall:primary",
            people: [{ person: "@bob", delivery: "delivered", answeredAfterMs: 120_000 }],
          },
        ],
        acknowledgements: [{ by: "@bob", at: "2024-02-15T14:38:00.000Z" }],
      },
    });
  });
});
