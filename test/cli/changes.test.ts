import Database from "better-sqlite3";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { World, type WorldOptions } from "../app/world.ts";
import { aftermath } from "../app/aftermath.ts";
import { sitrep } from "./terminal.ts";

const channel = "inc-1-checkout-500s";
const shows = "Slack shows it as soon as Sitrep runs and Slack answers.";
const opens = "Its channel opens as soon as Sitrep runs and Slack answers, and shows it.";

/** At the shell of root; resolves once the Sitrep that runs, if one does, has noticed and is at rest. */
async function atShell(world: World, ...args: string[]) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const forget = world.app.store.onWork(resolve);
  const ran = await sitrep(args, place(world));
  if (ran.code === 0) await promise;
  forget();
  await world.ws.settle();
  return ran;
}

const place = (world: World) => ({
  env: { ...world.env(), USER: "root" },
  cwd: world.folder,
  clock: world.ws.clock,
});

/** A Sitrep that has made its database. */
const running = (options: WorldOptions = {}) => World.open(options);

describe("beside a Sitrep that runs", () => {
  it("an incident is declared, and shows at once", async () => {
    await using world = await running();
    expect(await atShell(world, "declare", "sev2", "checkout", "500s")).toEqual({
      code: 0,
      out: `INC-1 is declared: SEV2. No policy calls anybody. The first update is due at 14:51 UTC.\n${opens}\n`,
      err: "",
    });
    const shown = await world.transcript(channel);
    expect(shown).toContain("INC-1 checkout 500s");
    expect(shown).not.toContain("outage");
    expect(world.ws.channel("incidents").transcript()).toContain("Next update: 14:51 UTC");
    expect(await aftermath(world)).toEqual([]);
  });

  it("what is logged, updated, acknowledged and resolved shows at once, in its order and unmarked", async () => {
    await using world = await running();
    await atShell(world, "declare", "checkout", "500s");
    await world.ws.clock.advance("10s");
    expect((await atShell(world, "log", "INC-1", "14:20", "deployed", "v2.3.2")).out).toBe(
      `Logged for INC-1: 14:20 UTC (16 min ago)\n${shows}\n`,
    );
    const said = ["--impact", "15% of checkouts fail", "--status", "identified", "--next", "20m"];
    expect((await atShell(world, "update", "inc-1", "rolling back", ...said)).out).toBe(
      `Update 2 of INC-1 is recorded. The next one is due at 14:56 UTC.\n${shows}\n`,
    );
    expect((await atShell(world, "ack", "1")).out).toBe(`You have INC-1, and its card says so.\n${shows}\n`);
    expect((await atShell(world, "resolve", "INC-1", "rolled back", "--recovered", "14:36")).out).toBe(
      `INC-1 is resolved: users had recovered at 14:36 UTC. The post-mortem draft comes in its channel; “sitrep export INC-1” prints it.\n${shows}\n`,
    );
    const shown = await world.transcript(channel);
    expect(shown).toContain("14:20 UTC - deployed v2.3.2\n      logged by root (command line)");
    expect(shown).toContain("Acknowledged: by root (command line) at 14:36 UTC");
    expect(shown).toMatch(
      /Impact: 15% of checkouts fail[^]*Current action: rolling back[^]*Update 3 \(final\)/,
    );
    expect(shown).not.toContain("outage");
    expect(world.ws.channel("incidents").transcript()).toContain("Status: RESOLVED");
    expect(await aftermath(world)).toEqual([]);
  });

  it("a recovery at a time of day that has not come yet is yesterday's, and this is said", async () => {
    await using world = await running();
    await atShell(world, "declare", "checkout", "500s");
    const { out } = await atShell(world, "resolve", "INC-1", "rolled back", "--recovered", "23:58");
    expect(out).toContain("INC-1 is resolved: users had recovered at 2024-02-14 23:58 UTC.");
    const shown = await world.transcript(channel);
    expect(shown).toContain("Resolved: 2024-02-14 23:58 UTC by root (command line)\n");
    const announced = world.ws.channel("incidents").transcript();
    expect(announced).toContain("Resolved.");
    expect(announced).not.toContain("Resolved after");
  });

  it("a private one shows nowhere but to whom it invites, and a drill is marked", async () => {
    await using world = await running({ people: ["alice", "bob"] });
    const bob = world.ws.idOf("bob");
    const { out } = await atShell(world, "declare", "sev1", "payroll", "leak", "--private", "--invite", bob);
    expect(out).toContain("INC-1 is declared: SEV1, private. No policy calls anybody. The first update");
    await atShell(world, "declare", "sev3", "fire", "--drill");
    expect(world.ws.channel("incidents").transcript()).not.toContain("Sitrep");
    expect(world.ws.channel("inc-1-payroll-leak").isPrivate).toBe(true);
    expect(world.ws.channel("inc-1-payroll-leak").members).toContain("bob");
    expect(world.ws.channel("inc-2-fire").transcript()).toContain("DRILL · INC-2 fire");
    expect((await sitrep(["log", "INC-1", "keys revoked"], place(world))).code).toBe(0);
  });

  it("says that nobody would be in a private channel", async () => {
    await using world = await running();
    const { out } = await atShell(world, "declare", "sev1", "leak", "--private");
    expect(out).toContain("so nobody would be in its private channel: declare with --invite");
  });

  it("calls people by the policy of a service, and takes none that there is not", async () => {
    await using world = await running({
      settings: (id) => `
services: { checkout: { owners: [${id("bob")}], escalation: payments } }
escalation: { payments: { steps: [{ after: 0m, notify: ["user:${id("bob")}"] }] } }
`,
    });
    expect(await sitrep(["declare", "sev2", "500s", "--service", "chekout"], place(world))).toEqual({
      code: 2,
      out: "",
      err: "sitrep: “chekout” is no service of sitrep.yml, so nothing was declared: there are checkout.\n",
    });
    const { out } = await atShell(world, "declare", "sev2", "500s", "--service", "checkout");
    expect(out).toContain("People are called by the policy payments.");
    expect(world.as("bob").directMessages()).toContain("You are needed: INC-1 500s");
    expect((await atShell(world, "ack", "INC-1")).out).toContain("The steps that wait for an answer stop.");
    expect(world.as("bob").directMessages()).toContain("Acknowledged by root (command line)");
  });
});

describe("without a Sitrep that runs", () => {
  it("what was recorded goes out when one starts", async () => {
    await using world = await running();
    await world.stopApp();
    await sitrep(["declare", "sev2", "checkout", "500s"], place(world));
    await sitrep(["update", "INC-1", "looking"], place(world));
    await world.startApp();
    expect(await world.transcript(channel)).toContain("Current action: looking");
    expect(await aftermath(world)).toEqual([]);
  });

  it("nothing is declared into a database that is not there", async () => {
    await using world = await running({ started: false });
    const { code, err } = await sitrep(["declare", "sev2", "checkout", "500s"], place(world));
    expect({ code, err }).toEqual({
      code: 1,
      err: `sitrep: There is no database at ${join(world.folder, "sitrep.db")}; DATABASE_URL says where it is.\n`,
    });
  });
});

describe("every command", () => {
  it("answers in JSON", async () => {
    await using world = await running();
    const json = async (...args: string[]) =>
      JSON.parse((await sitrep([...args, "--json"], place(world))).out) as unknown;
    const common = { incident: "INC-1", by: "root (command line)", recordedAt: "2024-02-15T14:36:00.000Z" };
    expect(await json("declare", "sev1", "checkout 500s")).toMatchObject({
      ...common,
      severity: "SEV1",
      provisional: false,
      nextUpdate: "2024-02-15T14:46:00.000Z",
    });
    expect(await json("log", "INC-1", "20m ago deployed")).toMatchObject({
      ...common,
      happenedAt: "2024-02-15T14:16:00.000Z",
    });
    expect(await json("update", "INC-1", "looking")).toMatchObject({ ...common, update: 2 });
    expect(await json("ack", "INC-1")).toMatchObject({
      ...common,
      said: "You have INC-1, and its card says so.",
    });
    expect(await json("resolve", "INC-1", "--data-loss", "no")).toMatchObject({
      ...common,
      detailed: false,
      recovered: { at: "2024-02-15T14:36:00.000Z", assumed: true },
    });
  });

  it("refuses in the words in which Slack is refused, and ends with 1", async () => {
    await using world = await running();
    await sitrep(["declare", "sev2", "checkout 500s"], place(world));
    const refused = async (...args: string[]) => {
      const { code, out, err } = await sitrep(args, place(world));
      expect({ code, out }).toEqual({ code: 1, out: "" });
      return err;
    };
    expect(await refused("declare", "sev2")).toBe("sitrep: An incident needs a title: what do people see?\n");
    expect(await refused("update", "INC-7", "x")).toBe("sitrep: There is no INC-7.\n");
    expect(await refused("log", "INC-1", "2024-02-15 14:40 too early")).toBe(
      "sitrep: 14:40 UTC has not come yet: the timeline is about what happened.\n",
    );
    expect(await refused("update", "INC-1", "--next", "2024-02-15 14:30")).toBe(
      "sitrep: 14:30 UTC is past: name a time to come.\n",
    );
    await sitrep(["resolve", "INC-1", "rolled back"], place(world));
    expect(await refused("update", "INC-1", "x")).toBe(
      "sitrep: INC-1 was resolved at 14:36 UTC, so no further updates are posted. If it is back, reopen it with “reopen REASON”.\nsitrep: Reopening is done in Slack.\n",
    );
    expect(await refused("ack", "INC-1")).toContain("INC-1 is RESOLVED: nobody is called any more");
  });

  it.each([
    [["declare", "sev7", "x"], "There is no SEV7: severities go from SEV1 to SEV4. Nothing was declared."],
    [["declare", "x", "--privat"], "unknown option '--privat' (Did you mean --private?)"],
    [
      ["log", "INC-1", "25:10", "x"],
      "“25:10” is no time of day: hours go to 23, minutes to 59. Nothing was logged.",
    ],
    [["update", "INC-1"], "An update needs a text or one of its options. Nothing was posted."],
    [
      ["update", "INC-1", "x", "--next", "soon"],
      "“soon” is no time: write 14:30, 2024-02-15 14:30 or 20m. Nothing was posted.",
    ],
    [
      ["resolve", "INC-1", "--recovered", "noon"],
      "“noon” is no time: write 14:30, 2024-02-15 14:30 or 20m ago. Nothing was resolved.",
    ],
  ])("ends with 2 where it is written wrong: %j", async (args, err) => {
    await using world = await running();
    expect(await sitrep(args, place(world))).toEqual({ code: 2, out: "", err: `sitrep: ${err}\n` });
    expect(await world.app.store.incidents()).toEqual([]);
  });
});

describe("two at the same moment", () => {
  it("each decides on what the other has left: nothing is lost, and one resolves", async () => {
    await using world = await running();
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await world.ws.settle();
    const alice = world.as("alice").in(`#${channel}`);
    await Promise.all([
      ...["one", "two", "three"].map((text) => sitrep(["log", "INC-1", text], place(world))),
      ...["four", "five", "six"].map((text) => alice.types(`/incident log ${text}`)),
      sitrep(["declare", "another one"], place(world)),
      alice.types("/incident declare and one more"),
    ]);
    const { store } = world.app;
    const logged = (await store.incident(1))?.entries.map(({ text }) => text.body).toSorted();
    expect(logged).toEqual(["five", "four", "one", "six", "three", "two"]);
    expect((await store.incidents()).map(({ number }) => number)).toEqual([3, 2, 1]);
    const [shell] = await Promise.all([
      sitrep(["resolve", "INC-1", "rolled back"], place(world)),
      alice.types("/incident resolve failed over"),
    ]);
    const events = await store.events(1);
    expect(events.filter(({ event }) => event.type === "IncidentResolved")).toHaveLength(1);
    const said = [...world.as("alice").sees(), shell.err].join("\n");
    expect(said).toMatch(/was resolved at 14:36 UTC already/);
  });
});

describe("a database that another process has locked", () => {
  async function locked(world: World) {
    await world.stopApp();
    const other = new Database(join(world.folder, "sitrep.db"));
    other.exec("begin immediate");
    return other;
  }

  it("is waited for", async () => {
    await using world = await running();
    const other = await locked(world);
    let waited = 0;
    const sleep = async () => {
      if (waited++ === 3) other.close();
    };
    const { out } = await sitrep(["declare", "checkout 500s"], { ...place(world), sleep });
    expect(out).toContain("INC-1 is declared");
    expect(waited).toBe(4);
  });

  it("is named when it is not let go, and nothing is recorded", async () => {
    await using world = await running();
    const other = await locked(world);
    const sleep = () => Promise.resolve();
    const ran = await sitrep(["declare", "checkout 500s"], { ...place(world), sleep });
    expect(ran).toEqual({
      code: 1,
      out: "",
      err: expect.stringMatching(
        /^sitrep: The database is locked by another process, which does not let go\..*\n$/,
      ),
    });
    other.close();
    expect((await sitrep(["list"], place(world))).out).toBe("No open incidents.\n");
  });
});
