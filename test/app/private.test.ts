import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { createLog } from "../../src/log.ts";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-payroll-leak";
const mallorys = "inc-2-payroll-pages-are-slow";
const secrets = /payroll|leak|INC-1\b|inc-1|passwords|rotated/i;

/** A private incident of alice and bob; mallory is none of its people. */
async function opened(options: WorldOptions = {}) {
  const lines: string[] = [];
  const to = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const world = await World.open({ people: ["alice", "bob", "mallory"], ...options, started: false });
  await world.startApp({ log: createLog({ level: "info", to }) });
  const asked = await world.as("alice").in("#general").types("/incident declare --private sev1 payroll leak");
  await world.ws.settle();
  return { world, asked, log: () => lines.join(""), alice: world.as("alice").in(`#${channel}`) };
}

const idOf = (world: World, name: string) => world.ws.state.personNamed(name)?.id ?? "";

describe("a private incident", () => {
  it("is held in a private channel, and announced nowhere", async () => {
    const { world, asked } = await opened();
    await using _ = world;
    expect(asked.answer).toContain("INC-1 is being opened");
    expect(world.ws.state.channelNamed(channel)?.kind).toBe("private");
    expect(world.ws.channel(channel).members.toSorted()).toEqual(["alice", "sitrep"]);
    expect(await world.transcript(channel)).toMatch(
      /INC-1 payroll leak[\s\S]*The incident is private: nothing of it shows to anybody outside\.[\s\S]*\(pinned\)/,
    );
    expect(world.as("alice").in("#general").sees().at(-1)).toContain(`INC-1 is open: #${channel}`);
    expect(await world.transcript("incidents")).not.toContain("Sitrep");
  });

  it("records what is said, marks, updates and files as a public one does", async () => {
    const { world, alice } = await opened();
    await using _ = world;
    await alice.invites("bob");
    const bob = world.as("bob").in(`#${channel}`);
    await bob.says("the export was public since noon");
    await bob.reacts("pushpin", "since noon");
    await bob.replies("since noon", "and it is indexed");
    expect((await alice.types("/incident update Taking it down")).answer).toContain("Update 2 of INC-1");
    expect((await alice.types("/incident resolve passwords rotated")).answer).toContain("is resolved");
    const told = await world.transcript(channel);
    expect(told).toContain(":pushpin: 1  :memo: 1");
    expect(told).toMatch(/Update 3 \(final\)/);
    expect(told).toContain("[file: INC-1-post-mortem.md]");
    const draft = Buffer.from(world.ws.files.at(-1)?.content ?? []).toString();
    expect(draft).toContain("the export was public since noon");
    expect(world.ws.state.loud).toEqual([]);
  });

  it("shows nowhere that anybody else can see, whatever happens to it and whoever asks", async () => {
    const { world, log, alice } = await opened({
      env: { SITREP_PRIVATE_API_TOKEN: "for-the-few" },
      channels: ["general", "incidents", "support"],
      groups: { sre: ["bob"] },
      settings: (id) => `
severities:
  SEV1: { invite: [${id("mallory")}], escalation: default }
audiences:
  support: { channel: support, severities: [SEV1, SEV2] }
escalation:
  default:
    steps: [{ after: 0m, notify: ["user:${id("bob")}", "channel:general", "group:sre"] }]
`,
    });
    await using _ = world;
    const { ws } = world;
    const mallory = world.as("mallory").in("#general");
    await world.as("alice").in("#general").invites("sitrep");
    await world.as("mallory").in("#general").types("/incident declare sev3 payroll pages are slow");
    const lines = [
      "list",
      "list all",
      "list sev1",
      "stats",
      "status",
      "timeline",
      "actions",
      "oncall",
      "update x",
    ];
    const homes: string[] = [];
    const asks = async () => {
      for (const line of lines) await mallory.types(`/incident ${line}`);
      await world.as("mallory").opensHome();
      await ws.settle();
      homes.push(world.as("mallory").home());
      await world.as("mallory").in(`#${mallorys}`).types("/incident duplicate INC-1");
      // In a public thread everybody reads the answer, whoever asked.
      for (const line of ["list all", "status", "INC-1 status"])
        await world.as("alice").in("#general").says(`@sitrep ${line}`);
    };
    await asks();
    await alice.says("passwords of everybody are in there");
    await alice.reacts("pushpin", "passwords");
    await alice.types("/incident update passwords are being rotated");
    await alice.types("/incident severity sev2 fewer than feared");
    await alice.types("/incident status identified");
    await alice.types("/incident log 14:30 payroll file uploaded");
    await alice.types("/incident lead");
    await ws.clock.advance("40m");
    await alice.types("/incident export");
    await alice.types("/incident resolve rotated all passwords");
    await ws.clock.advance("1h");

    await asks();
    await ws.settle();

    const own = new Set([channel]);
    const elsewhere = ws
      .channels()
      .filter((name) => !own.has(name))
      .map((name) => ws.channel(name).transcript());
    const person = world.as("mallory");
    const told = [...elsewhere, person.sees().join("\n"), person.directMessages(), ...homes].join("\n");
    // What people asked for themselves, and what they were answered to it.
    const heard = told
      .replaceAll(/payroll.pages/g, "")
      .replaceAll("@sitrep INC-1 status", "")
      .replaceAll("There is no INC-1.", "");
    expect(heard).toContain("INC-2");
    expect(heard).not.toMatch(secrets);
    expect(ws.channel(channel).members.toSorted()).not.toContain("mallory");

    expect(log()).not.toMatch(secrets);
    expect(log()).not.toContain(idOf(world, "alice"));
    expect(log()).not.toMatch(/"incident":1\b|"1:/);
    expect(log()).toMatch(/"incident":2\b/);
    expect(await (await world.api("/metrics")).text()).not.toMatch(secrets);
    expect(await (await world.api("/readyz")).text()).not.toMatch(secrets);
    const listed = await (await world.api("/api/incidents")).text();
    expect(listed).toContain("INC-2");
    expect(listed).not.toMatch(/INC-1\b|payroll leak/);
    for (const part of ["", "/timeline", "/postmortem.md"]) {
      const [hidden, none] = await Promise.all([
        world.api(`/api/incidents/INC-1${part}`),
        world.api(`/api/incidents/INC-99${part}`),
      ]);
      expect(hidden.status).toBe(404);
      expect((await hidden.text()).replaceAll("INC-1", "INC-99")).toBe(await none.text());
    }
    const authorization = "Bearer for-the-few";
    const seen = await fetch(`${world.url}/api/incidents/INC-1`, { headers: { authorization } });
    expect(await seen.json()).toMatchObject({ reference: "INC-1", title: "payroll leak" });
  });

  it("is to others like a number that does not exist, word by word", async () => {
    const { world } = await opened();
    await using _ = world;
    const mallory = world.as("mallory").in("#general");
    const answerTo = async (reference: string, line: string) =>
      (await mallory.types(`/incident ${reference} ${line}`)).answer?.replaceAll(reference, "INC-?");
    const words = [
      "",
      "status",
      "update found it",
      "resolve",
      "severity sev1",
      "title nothing",
      "log 14:00 x",
    ];
    const more = [
      "export",
      "postmortem",
      "assess",
      "lead",
      "ack",
      "escalate",
      "timeline",
      "cancel no",
      "snooze",
    ];
    for (const line of [...words, ...more]) {
      const asked = await answerTo("INC-1", line);
      expect(asked, line).toContain("There is no INC-?");
      expect(asked, line).toBe(await answerTo("INC-99", line));
    }
    expect(await world.transcript(channel)).not.toContain("mallory");
  });

  it("is known again to whoever comes in, and not to whoever left", async () => {
    const { world, alice } = await opened();
    await using _ = world;
    const bob = world.as("bob");
    expect((await bob.in("#general").types("/incident INC-1 status")).answer).toContain("There is no INC-1");
    await alice.invites("bob");
    expect((await bob.in("#general").types("/incident INC-1 status")).answer).toContain("payroll leak");
    expect((await bob.in("#general").types("/incident list")).answer).toContain("(private) SEV1");
    await bob.in(`#${channel}`).leaves();
    expect((await bob.in("#general").types("/incident INC-1 status")).answer).toContain("There is no INC-1");
    expect((await bob.in("#general").types("/incident list")).answer).not.toContain("INC-1");
  });

  it("is exported to a member in person, and to nobody else", async () => {
    const { world } = await opened();
    await using _ = world;
    expect((await world.as("alice").in("#general").types("/incident INC-1 export")).answer).toContain(
      "in your direct messages",
    );
    await world.ws.settle();
    const [file] = world.ws.files.filter(({ completed }) => completed);
    expect(file?.channels.map((id) => world.ws.state.channel(id)?.kind)).toEqual(["im"]);
    await world.as("mallory").in("#general").types("/incident INC-1 export");
    await world.ws.settle();
    expect(world.ws.files).toHaveLength(1);
  });

  it("leaves its buttons without effect for whoever is no member any more", async () => {
    const { world, alice } = await opened();
    await using _ = world;
    await alice.invites("bob");
    const general = world.as("bob").in("#general");
    await general.types("/incident INC-1 status");
    await world.as("bob").in(`#${channel}`).leaves();
    await general.clicks("Resolve");
    await world.ws.settle();
    expect(general.modal()).toBeUndefined();
    expect(general.sees().at(-1)).toBe("There is no INC-1.");
  });

  it("gives a form back that somebody submits who is no member any more", async () => {
    const { world, alice } = await opened();
    await using _ = world;
    await alice.invites("bob");
    const bob = world.as("bob").in(`#${channel}`);
    await bob.types("/incident update");
    await bob.leaves();
    await world.as("bob").fills({ "Current action": "still here" });
    expect(await world.as("bob").submits()).toMatchObject({
      ok: false,
      errors: { Status: "There is no INC-1." },
    });
    expect(await world.transcript(channel)).not.toContain("still here");
  });
});

describe("a private incident that Slack refuses its channel", () => {
  it("is not opened at all, and its declarer is told why in person", async () => {
    await using world = await World.open({ people: ["alice", "mallory"] });
    const { ws } = world;
    ws.faults.next("conversations.create", {
      when: "before",
      answer: { ok: false, error: "restricted_action" },
    });
    await world.as("alice").in("#general").types("/incident declare --private payroll leak");
    await ws.settle();
    const told = world.as("alice").directMessages();
    expect(told).toContain("INC-1 was not opened. Creating the channel #inc-1-payroll-leak was not possible");
    expect(told).toContain("A private incident gets a private channel or none");
    expect(ws.channels()).toEqual(["general", "incidents"]);
    await ws.clock.advance("3h");
    expect(world.as("alice").directMessages()).toBe(told);
    expect(await world.transcript("incidents")).not.toContain("Sitrep");
    expect(await world.transcript("general")).not.toMatch(secrets);
    expect((await world.as("alice").in("#general").types("/incident list")).answer).not.toMatch(secrets);
  });
});

it("a private incident that was not opened calls nobody", async () => {
  const settings = (id: (name: string) => string) => `
severities: { SEV1: { escalation: default } }
escalation: { default: { repeat: 2, steps: [{ after: 0m, notify: ["user:${id("bob")}"] }] } }
`;
  await using world = await World.open({ settings });
  const refusal = { when: "before", answer: { ok: false, error: "restricted_action" } } as const;
  world.ws.faults.next("conversations.create", refusal);
  await world.as("alice").in("#general").types("/incident declare --private sev1 payroll leak");
  await world.ws.settle();
  await world.ws.clock.advance("3h");
  expect(world.as("alice").directMessages()).toContain("INC-1 was not opened");
  expect(world.as("bob").directMessages()).toBe("");
});

describe("declaring privately", () => {
  it("is refused to a mention, whose answer everybody reads", async () => {
    await using world = await World.open();
    const alice = world.as("alice").in("#general");
    await alice.invites("sitrep");
    await alice.says("@sitrep declare --private payroll leak");
    await world.ws.settle();
    expect(await world.transcript("general")).toContain(
      "Everybody here reads what I answer, so nothing was declared",
    );
    expect(world.ws.channels()).toEqual(["general", "incidents"]);
  });

  it("works by form, with what people see and which services", async () => {
    await using world = await World.open();
    const alice = world.as("alice").in("#general");
    await alice.types("/incident declare --private");
    expect(alice.modal()?.values["Kind"]).toEqual(["Private: only who is invited sees it"]);
    await alice.fills({
      Title: "payroll leak",
      "What do people see?": "salaries <of> everybody",
      "Affected services": "payroll, hr portal, payroll",
    });
    expect((await alice.submits()).ok).toBe(true);
    await world.ws.settle();
    expect(world.ws.state.channelNamed(channel)?.kind).toBe("private");
    expect(await world.transcript(channel)).toContain("Impact: salaries <of> everybody");
    expect(await world.app.store.incident(1)).toMatchObject({
      private: true,
      services: ["payroll", "hr portal"],
    });
    expect(await world.transcript("incidents")).not.toContain("Sitrep");
  });
});

describe("guests and people of other workspaces", () => {
  it.each([
    ["a guest", { restricted: true }],
    ["somebody from another workspace", { stranger: true }],
  ])("cannot command, and are told so: %s", async (_who, kind) => {
    await using world = await World.open({ people: ["alice", { name: "gil", ...kind }] });
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    const general = world.as("gil").in("#general");
    const sentence = "You are a guest in this workspace";
    expect((await general.types("/incident declare sev1 nothing")).answer).toContain(sentence);
    expect((await general.types("/incident list")).answer).toContain(sentence);
    const gil = world.as("gil").in("#inc-1-checkout-500s");
    await gil.joins();
    await gil.says("I see 500s too");
    await gil.says("@sitrep resolve done");
    await gil.clicks("Resolve");
    await world.ws.settle();
    expect(gil.modal()).toBeUndefined();
    expect(gil.sees().at(-1)).toContain(sentence);
    const told = await world.transcript("inc-1-checkout-500s");
    expect(told).toContain(sentence);
    expect(told).not.toContain("RESOLVED");
    expect(world.ws.channels()).toEqual(["general", "incidents", "inc-1-checkout-500s"]);
    const messages = await world.app.store.messages(1);
    expect(messages.map(({ revisions }) => revisions.at(-1)?.text.body)).toContain("I see 500s too");
  });
});
