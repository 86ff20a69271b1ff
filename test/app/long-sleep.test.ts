import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { instantOfTs } from "../../src/domain/time.ts";
import { aftermath } from "./aftermath.ts";
import { channel, openIncident, type Opened, recordOf, recordOn, threeHours } from "./sleep-story.ts";

async function lived(sleeps: boolean): Promise<Opened> {
  const opened = await openIncident();
  await threeHours(opened, sleeps);
  return opened;
}

/** Of what Slack no longer shows, people had seen an earlier wording, and a message that came and went. */
type Said = Awaited<ReturnType<typeof recordOf>>;
const asSlackShows = (record: Said, cameAndWent: string | undefined): Said =>
  record
    .filter(
      ({ isDeleted, by, under }, at) => !(isDeleted && at === lostAt(record, cameAndWent) && by && !under),
    )
    .map((message) => ({ ...message, says: message.says.slice(-1) }));
const lostAt = (record: Said, after: string | undefined): number =>
  after === undefined ? -1 : record.findIndex(({ says }) => says.at(-1) === after) + 1;

/** Ts, clock times to the second and what says that it was recovered are of the run, not of the incident. */
const normal = (text: string): string =>
  text
    .replaceAll(/(["/]p?|thread_ts=)\d{10}\.?\d{6}/g, "$1TS")
    .replaceAll(/message:(\w+):\d+\.\d+/g, "message:$1:TS")
    .replaceAll(/event:\d+:/g, "event:N:")
    .replaceAll(/"recordedAt":"[^"]*"/g, '"recordedAt":"AT"')
    .replaceAll(/(\d\d:\d\d):\d\d\.\d{3}Z/g, "$1Z")
    .replaceAll('"recovered":true', '"recovered":false');

describe("an incident through which Sitrep slept for three hours", () => {
  let awake: Opened;
  let asleep: Opened;

  beforeAll(async () => {
    awake = await lived(false);
    asleep = await lived(true);
  }, 60_000);
  afterAll(async () => {
    await awake.world[Symbol.asyncDispose]();
    await asleep.world[Symbol.asyncDispose]();
  });

  it("has the same messages, replies, files, last wordings, deletions and marks on record as if it had been awake", async () => {
    expect(asSlackShows(await recordOf(asleep.world), undefined)).toEqual(
      asSlackShows(await recordOf(awake.world), "and rising"),
    );
    expect(await recordOf(awake.world)).toHaveLength(20);
    expect(await aftermath(asleep.world)).toEqual([]);
    expect(await aftermath(awake.world)).toEqual([]);
  });

  it.each(["", "/timeline", "/postmortem.md"])("is exported the same, INC-1%s", async (path) => {
    const [one, other] = await Promise.all(
      [awake, asleep].map(async ({ world }) => (await world.api(`/api/incidents/INC-1${path}`)).text()),
    );
    expect(normal(other ?? "")).toEqual(normal(one ?? ""));
    expect(one).toContain("Rolled back to v2.3.1");
  });

  it("shows the same receipts in the channel", async () => {
    const receipts = ({ world }: Opened) =>
      world.ws
        .channel(channel)
        .messages.flatMap(({ text, reactions }) => (reactions.has("memo") ? [text] : []));
    expect(receipts(asleep)).toEqual(receipts(awake));
    expect(receipts(awake)).toHaveLength(5);
  });

  it("has lost the earlier wordings of what was edited twice, or said and edited, meanwhile", async () => {
    const wordings = async ({ world }: Opened, text: string) =>
      (await recordOn(world, text)).revisions.map((revision) => revision.text.body);
    expect(await wordings(awake, "v2.3.1")).toEqual(["rolled bakc", "rolled back", "rolled back to v2.3.1"]);
    expect(await wordings(asleep, "v2.3.1")).toEqual(["rolled bakc", "rolled back to v2.3.1"]);
    expect(await wordings(awake, "corrected")).toEqual(["to be corrected", "corrected"]);
    expect(await wordings(asleep, "corrected")).toEqual(["corrected"]);
  });

  it("has lost what was said and deleted meanwhile", async () => {
    const deleted = async ({ world }: Opened) =>
      (await world.app.store.messages(1)).filter(({ deletedAt }) => deletedAt !== null).length;
    expect(await deleted(awake)).toBe(4);
    expect(await deleted(asleep)).toBe(3);
  });

  it("tells when a deletion was noticed, where it was not told of it", async () => {
    const deletions = async ({ world }: Opened) =>
      (await world.app.store.messages(1))
        .filter(({ deletedAt }) => deletedAt !== null)
        .map(({ deletedAt, deletionNoticed }) => ({
          at: new Date(deletedAt ?? 0).toISOString().slice(11, 16),
          deletionNoticed,
        }));
    expect(await deletions(awake)).toEqual([
      { at: "15:06", deletionNoticed: false },
      { at: "16:26", deletionNoticed: false },
      { at: "16:26", deletionNoticed: false },
      { at: "15:26", deletionNoticed: false },
    ]);
    expect(await deletions(asleep)).toEqual(
      Array.from({ length: 3 }, () => ({ at: "17:46", deletionNoticed: true })),
    );
  });

  it("tells when a mark was noticed, and when its taking back was", async () => {
    const marks = async ({ world }: Opened, text: string) =>
      (await recordOn(world, text)).marks.map(({ kind, present, noticedAt }) => ({
        kind,
        present,
        noticed: noticedAt === undefined ? null : new Date(noticedAt).toISOString().slice(11, 16),
      }));
    expect(await marks(asleep, "I am on it")).toEqual([{ kind: "pushpin", present: true, noticed: "17:46" }]);
    expect(await marks(asleep, "graphs are")).toEqual([
      { kind: "pushpin", present: false, noticed: "17:46" },
    ]);
    expect(await marks(asleep, "nobody else")).toEqual([{ kind: "pin", present: false, noticed: "17:46" }]);
    expect(await marks(asleep, "pool exhausted")).toEqual([
      { kind: "pushpin", present: true, noticed: null },
    ]);
    expect(await marks(awake, "I am on it")).toEqual([{ kind: "pushpin", present: true, noticed: null }]);
  });

  it("has lost a mark that was set and taken back meanwhile", async () => {
    const people = async ({ world }: Opened) =>
      (await recordOn(world, "a second region")).marks.filter(({ kind }) => kind === "pushpin").length;
    expect(await people(awake)).toBe(2);
    expect(await people(asleep)).toBe(1);
  });

  it("labels what it recovered, and nothing else", async () => {
    const recovered = async ({ world }: Opened) =>
      (await world.app.store.messages(1)).flatMap(({ ts, revisions }) =>
        revisions.some((revision) => revision.recovered) ? [instantOfTs(ts)] : [],
      ).length;
    expect(await recovered(awake)).toBe(0);
    expect(await recovered(asleep)).toBe(10);
    const entries = (await asleep.world.api("/api/incidents/INC-1/timeline")).text();
    expect((await entries).split('"recovered":true').length - 1).toBe(4);
    await asleep.alice.types("/incident timeline");
    expect(asleep.alice.sees().at(-1)).toContain("I am on it (recovered)");
  });
});
