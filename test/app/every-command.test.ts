import { writeFile } from "node:fs/promises";
import { afterAll, describe, expect, it } from "vitest";
import { aliases, verbOf, verbs } from "../../src/slack/commands/vocabulary.ts";
import type { Actor } from "../../src/workspace/people.ts";
import { aftermath } from "./aftermath.ts";
import { declarations, endings, type Line, lines } from "./every-line.ts";
import { type Told, tells } from "./told.ts";
import { asMarkdown, type Chapter } from "./told-markdown.ts";
import { World } from "./world.ts";

const room = "inc-1-checkout-500s";
const chapters: Chapter[] = [];

/** `TRANSCRIPT=FILE` has all that was typed and answered written there. */
afterAll(async () => {
  const file = process.env["TRANSCRIPT"];
  if (file) await writeFile(file, `# Every command, typed everywhere\n\n${asMarkdown(chapters)}`);
});

const settings = (id: (name: string) => string) => `
onCall:
  primary: { zone: UTC, handover: "mon 09:00", people: [${id("alice")}, ${id("bob")}] }
escalation:
  default:
    steps:
      - { after: 0m, notify: ["user:${id("carol")}"] }
      - { after: 5m, notify: ["oncall:primary"] }
`;

async function opened(...before: string[]): Promise<{ world: World; alice: Actor }> {
  const world = await World.open({
    people: ["alice", "bob", "carol", "dave", { name: "gus", restricted: true }],
    groups: { sre: ["bob"] },
    settings,
  });
  const general = world.as("alice").in("#general");
  for (const line of before) {
    await general.types(`/incident ${line}`);
    await world.ws.settle();
  }
  return { world, alice: world.as("alice") };
}
const here = "declare sev2 checkout 500s";
const other = "declare sev3 warehouse robots stand still";

interface Where {
  title: string;
  asker: Actor;
  command?: string;
  thread?: string;
  /** The incident in front of each line. */
  named?: string;
}

/** Types every line there. What is wrong with the answers; none: every one is what is expected of it. */
async function typesAll(
  world: World,
  where: Where,
  all: readonly Line[],
  expected: (line: Line) => RegExp | { form: string },
): Promise<string[]> {
  const { title, asker, command = "/incident", thread, named } = where;
  const told: Told[] = [];
  chapters.push({ title, command: [command, named].filter(Boolean).join(" "), told });
  const wrong: string[] = [];
  for (const each of all) {
    if (each.after) await world.ws.clock.advance(each.after);
    const typed = { asker, room, command: [command, named].filter(Boolean).join(" ") };
    const came = await tells(world, { ...typed, ...(thread !== undefined && { thread }) }, each.line);
    told.push(came);
    const fault = faultIn(came, expected(each), { command, asForm: thread === undefined });
    if (fault) wrong.push(`“${each.line}” ${fault}: ${came.asker}`);
    if (each.shows && expected(each) === each.open && !each.shows.test(came.channel))
      wrong.push(`“${each.line}” shows in the channel: ${came.channel}`);
  }
  return [...wrong, ...(await aftermath(world))];
}

/** What no answer may be: nothing, a failure, an id, another spelling of the command. */
const never = /not there yet|did not work|undefined|\bnull\b|NaN|\[object|\b[UCSW]0[A-Z0-9]{6,}|: \s*\n*$/;

function faultIn(
  { asker }: Told,
  expected: RegExp | { form: string },
  { command, asForm }: { command: string; asForm: boolean },
): string | null {
  if (asker === "") return "is answered by nothing";
  if (never.test(asker)) return "is answered by what is no answer";
  const others = ["/incident", "/sitrep", "@Sitrep"].filter((word) => word !== command);
  if (others.some((word) => asker.includes(`${word} `) || asker.includes(`${word}\``)))
    return "is answered in another spelling";
  if (expected instanceof RegExp) return expected.test(asker) ? null : `is not ${expected}`;
  const opens = asForm ? `[form] ${expected.form}: ` : "This takes a form:";
  return asker.startsWith(opens) ? null : `does not open “${expected.form}”`;
}

const ofStage =
  (stage: "resolved" | "closed" | "cancelled") =>
  ({ ended }: Line) =>
    "resolved" in ended ? ended[stage] : ended;

const isTitled = { resolved: "resolve rolled back", cancelled: "cancel a load test ran" };

describe("every command", { timeout: 60_000 }, () => {
  it("and every word for it stands among the lines that are tried", () => {
    const tried = new Set(
      [...lines, ...endings, ...declarations].map(({ line }) => line.toLowerCase().split(/[ .]/)[0] ?? ""),
    );
    expect([...verbOf.keys()].filter((word) => !tried.has(word))).toEqual([]);
    expect(verbs.filter((verb) => aliases[verb].length > 0).length).toBeGreaterThan(5);
  });

  it("is answered in a public incident's channel, and acts on that incident", async () => {
    const { world, alice } = await opened(here, other);
    await using _ = world;
    const where = { title: "In the public channel of an open incident", asker: alice.in(`#${room}`) };
    expect(await typesAll(world, where, [...lines, ...endings, ...declarations], ({ open }) => open)).toEqual(
      [],
    );
    expect((await world.app.store.incident(2))?.status).toBe("INVESTIGATING");
    expect((await world.app.store.incident(1))?.status).toBe("RESOLVED");
  });

  it("is answered in a private incident's channel, under its other name, and told nobody else", async () => {
    const { world, alice } = await opened(`${here} --private`, other);
    await using _ = world;
    const asker = alice.in(`#${room}`);
    const where = { title: "In the private channel of an open incident", asker, command: "/sitrep" };
    expect(await typesAll(world, where, [...lines, ...endings], ({ open }) => open)).toEqual([]);
    expect(await world.transcript("incidents")).not.toMatch(/INC-1\b|checkout/);
    expect(await world.transcript("general")).not.toMatch(/INC-1\b|checkout/);
  });

  it("is answered in the thread where it is a mention", async () => {
    const { world, alice } = await opened(here, other);
    await using _ = world;
    const asker = alice.in(`#${room}`);
    await asker.says("any news?");
    const where = { title: "As a mention in a thread of its channel", asker, thread: "any news?" };
    expect(
      await typesAll(world, { ...where, command: "@Sitrep" }, [...lines, ...endings], ({ open }) => open),
    ).toEqual([]);
  });

  it("is answered elsewhere when the incident is named first", async () => {
    const { world, alice } = await opened(here, other);
    await using _ = world;
    const where = { title: "In another channel, with the incident named first", asker: alice.in("#general") };
    const all = [...lines, ...endings].filter(({ line }) => !/^(?:--|—|INC-|status inc)/.test(line));
    expect(await typesAll(world, { ...where, named: "INC-1" }, all, ({ open }) => open)).toEqual([]);
  });

  it("asks which incident is meant where none is, in a channel and in direct messages", async () => {
    const { world, alice } = await opened(here, other, "INC-2 resolve they walk again");
    await using _ = world;
    const which = ({ line, open, anywhere: isFree }: Line) =>
      isFree
        ? open
        : line === ""
          ? /^What do you need\?\n\[Declare incident\]/
          : line === "status inc-1" || line.startsWith("duplicate INC-9")
            ? /INC-1|which one do you mean/
            : /which one do you mean\?[\s\S]*\n\[INC-\d/;
    for (const place of ["#general", "@sitrep"]) {
      const title = place === "#general" ? "In a channel of no incident" : "In direct messages with Sitrep";
      expect(await typesAll(world, { title, asker: alice.in(place) }, lines, which)).toEqual([]);
    }
  });

  it("says that there is no incident while there is none", async () => {
    const { world, alice } = await opened();
    await using _ = world;
    expect(
      await typesAll(
        world,
        { title: "While there is no incident at all", asker: alice.in("#general") },
        [...lines, ...declarations],
        ({ line, open, anywhere: isFree }) =>
          isFree
            ? open
            : line === ""
              ? /^What do you need\?/
              : line === "status inc-1"
                ? /There is no INC-1/
                : /no incident is open|none has ended|there is none yet/,
      ),
    ).toEqual([]);
  });

  it.each(["resolved", "cancelled"] as const)("is answered on an incident that is %s", async (stage) => {
    const { world, alice } = await opened(here, other, `INC-1 ${isTitled[stage]}`);
    await using _ = world;
    const where = { title: `On an incident that is ${stage}`, asker: alice.in(`#${room}`) };
    expect(await typesAll(world, where, lines, ofStage(stage))).toEqual([]);
  });

  it("is answered on an incident that is closed", async () => {
    const { world, alice } = await opened(here, other, "INC-1 resolve rolled back");
    await using _ = world;
    const asker = alice.in(`#${room}`);
    await asker.types("/incident close");
    await asker.clicks("Waive post-mortem");
    await asker.fills({ "Why does nobody need to write it?": "a known fault" });
    await asker.submits();
    await world.ws.settle();
    expect((await world.app.store.incident(1))?.status).toBe("CLOSED");
    expect(
      await typesAll(world, { title: "On an incident that is closed", asker }, lines, ofStage("closed")),
    ).toEqual([]);
  });

  it("about a private incident is answered to strangers as about a number that there is not", async () => {
    const { world } = await opened(`${here} --private`);
    await using _ = world;
    const asker = world.as("dave").in("#general");
    const all = lines.filter(
      ({ line, anywhere: isFree }) => !isFree && !/^(?:status inc|duplicate)/.test(line),
    );
    const where = { title: "By a stranger to the private incident that is named", asker };
    expect(await typesAll(world, { ...where, named: "INC-1" }, all, () => /^There is no INC-1\./)).toEqual(
      [],
    );
  });

  it("is refused to guests", async () => {
    const { world } = await opened(here);
    await using _ = world;
    const asker = world.as("gus").in("#general");
    expect(
      await typesAll(
        world,
        { title: "By a guest", asker },
        [...lines, ...endings, ...declarations],
        () => /^You are a guest in this workspace/,
      ),
    ).toEqual([]);
    expect(await world.app.store.incidents()).toHaveLength(1);
  });
});
