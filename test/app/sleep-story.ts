import { isStanding, type MessageRecord } from "../../src/domain/record.ts";
import { World, type WorldOptions } from "./world.ts";

export const channel = "inc-1-checkout-500s";

/** Sitrep says nothing by itself, so that what differs is what people did. */
const quiet = `
roles: { remindCommanderAfter: off, escalateAfter: off }
assessment: { askAgainAfter: off }
mitigation: { promptAfter: off }
updates: { warnBefore: off }
`;

export async function openIncident(options: WorldOptions = {}) {
  const world = await World.open({ people: ["alice", "bob", "carol"], settings: quiet, ...options });
  const { answer } = await world.as("alice").in("#general").types("/incident declare sev4 checkout 500s");
  if (!answer?.includes("is being opened")) throw new Error(`Nothing was declared: ${answer}`);
  await world.ws.settle();
  const [alice, bob] = [world.as("alice").in(`#${channel}`), world.as("bob").in(`#${channel}`)];
  await alice.types("/incident lead");
  await bob.joins();
  return { world, alice, bob };
}

export type Opened = Awaited<ReturnType<typeof openIncident>>;

/** People work on an incident for three hours and a half, of which Sitrep sleeps three, if it does. */
export async function threeHours({ world, alice, bob }: Opened, sleeps: boolean): Promise<void> {
  const { ws } = world;
  await bob.says("error rate climbing");
  await bob.replies("error rate climbing", "since the deploy");
  await alice.says("pool exhausted");
  await alice.says("the password is hunter2");
  await alice.says("rolled bakc");
  await bob.says("graphs are back to normal");
  await bob.says("thread to be");
  await alice.says("nobody else saw this");
  await alice.says("dashboards are slow");
  await alice.replies("dashboards are slow", "no longer");
  await alice.reacts("pushpin", "pool exhausted");
  await bob.reacts("pushpin", "graphs are back");
  await alice.pins("nobody else saw this");
  await ws.clock.advance("10m");

  if (sleeps) await world.stopApp();
  await ws.clock.advance("20m");
  await bob.says("a second region fails");
  await alice.replies("a second region fails", "I am on it");
  await alice.edits("rolled bakc", "rolled back");
  await alice.deletes("the password is hunter2");
  await ws.clock.advance("20m");
  await alice.replies("error rate climbing", "and rising");
  await bob.edits("since the deploy", "since the deploy of 14:30");
  await alice.edits("rolled back", "rolled back to v2.3.1");
  await bob.says("wrong channel");
  await bob.deletes("wrong channel");
  await ws.clock.advance("20m");
  await bob.reacts("pushpin", "rolled back to v2.3.1");
  await alice.reacts("pushpin::skin-tone-3", "I am on it");
  await bob.unreacts("pushpin", "graphs are back");
  await bob.reacts("pushpin", "a second region");
  await alice.reacts("pushpin", "a second region");
  await bob.unreacts("pushpin", "a second region");
  await alice.reacts("eyes", "thread to be");
  await alice.replies("thread to be", "old thread, new reply");
  await ws.clock.advance("40m");
  await alice.pins("a second region");
  await bob.unpins("nobody else saw this");
  await bob.shares("graph.png", "png", "look at this");
  await bob.reacts("pushpin", "look at this");
  await alice.replies("look at this", "shown to everybody", { broadcast: true });
  await alice.says("to be corrected");
  await alice.edits("to be corrected", "corrected");
  await alice.deletes("no longer");
  await bob.says("gone with its thread");
  await alice.deletes("dashboards are slow");
  await ws.clock.advance("80m");
  if (sleeps) await world.startApp();
  await ws.settle();

  await ws.clock.advance("10m");
  await bob.says("all quiet");
  await alice.types("/incident resolve Rolled back to v2.3.1");
  await ws.settle();
}

/** The record in normal form: ts are mapped to texts, and what has no mark has none. */
export async function recordOf(world: World) {
  const messages = await world.app.store.messages(1);
  const nameOf = new Map(["alice", "bob", "carol"].map((name) => [world.ws.idOf(name), name]));
  const said = (ts: string) => labelOf(messages.find((message) => message.ts === ts));
  return messages.map((message) => ({
    by: nameOf.get(message.author ?? ""),
    says: message.revisions.map(({ text }) => text.body),
    under: message.threadTs && said(message.threadTs),
    files: message.files,
    isDeleted: message.deletedAt !== null,
    marks: message.marks
      .filter((mark) => isStanding(mark, message))
      .map(({ person, kind }) => `${nameOf.get(person)}: ${kind}`)
      .toSorted(),
  }));
}

const labelOf = (message: MessageRecord | undefined): string =>
  message ? (message.revisions.at(-1)?.text.body ?? `deleted, by ${message.author}`) : "not on record";

export async function recordOn(world: World, text: string): Promise<MessageRecord> {
  const messages = await world.app.store.messages(1);
  const found = messages.find(({ revisions }) => revisions.some((each) => each.text.body?.includes(text)));
  if (!found) throw new Error(`Nothing on record says “${text}”.`);
  return found;
}
