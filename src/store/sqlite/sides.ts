import { z } from "zod";
import type { Answer } from "../../domain/decision.ts";
import type { Person, Write } from "../port.ts";
import { eq, sql } from "./drizzle.ts";
import { bound, inJson, type Orm, runner } from "./orm.ts";
import { inputs, meta, people, subscriptions } from "./tables.ts";

const hour = 3_600_000;
/** Slack repeats for minutes; people and restarts may take longer. */
const inputsKept = 48 * hour;
const pruneEvery = hour;
/** When inputs were last pruned, and which were old then, in JSON. */
const prunedKey = "inputsPruned";
const prunedSchema = z.object({ at: z.number(), before: z.number() });

/** What stands beside the records: inputs that were answered, people's names, notes of our own. */
export function sidesIn(orm: Orm) {
  const answered = orm
    .select({ answer: inputs.answer })
    .from(inputs)
    .where(eq(inputs.key, bound("key")))
    .prepare();
  const keep = runner(
    orm,
    orm.insert(inputs).values({ key: bound("key"), answer: bound("answer"), at: bound("at") }),
  );
  const prune = orm
    .delete(inputs)
    .where(sql`${inputs.at} < ${bound("before")}`)
    .prepare();
  const known = orm.select().from(people).where(inJson(people.id, "ids")).prepare();
  const know = orm
    .insert(people)
    .values({ id: bound("id"), name: bound("name"), isBot: bound("isBot") })
    .onConflictDoUpdate({ target: people.id, set: { name: sql`excluded.name`, isBot: sql`excluded.is_bot` } })
    .prepare();
  const noted = orm
    .select({ value: meta.value })
    .from(meta)
    .where(eq(meta.key, bound("key")))
    .prepare();
  const note = orm
    .insert(meta)
    .values({ key: bound("key"), value: bound("value") })
    .onConflictDoUpdate({ target: meta.key, set: { value: sql`excluded.value` } })
    .prepare();

  const subscribed = orm
    .select({ user: subscriptions.user })
    .from(subscriptions)
    .orderBy(subscriptions.user)
    .prepare();
  const subscribe = orm
    .insert(subscriptions)
    .values({ user: bound("user"), since: bound("since") })
    .onConflictDoNothing()
    .prepare();
  const unsubscribe = orm
    .delete(subscriptions)
    .where(eq(subscriptions.user, bound("user")))
    .prepare();

  const lastPruned = () =>
    prunedSchema.safeParse(JSON.parse(noted.get({ key: prunedKey })?.value ?? "null")).data;
  let pruned: z.infer<typeof prunedSchema> | undefined;

  /**
   * What was old already when it was looked at before, an hour ago or longer: a clock that is set forward by days makes every
   * key look old, though Slack may repeat its input at any moment.
   */
  function pruneInputs(at: number): void {
    pruned ??= lastPruned();
    if (pruned && Math.abs(at - pruned.at) < pruneEvery) return;
    const before = at - inputsKept;
    if (pruned) prune.run({ before: Math.min(before, pruned.before) });
    pruned = { at, before };
    note.run({ key: prunedKey, value: JSON.stringify(pruned) });
  }

  return {
    /** JSON of the answer stored with any of the keys. */
    answerOf(keys: readonly string[]): string | undefined {
      for (const key of keys) {
        const found = answered.get({ key });
        if (found) return found.answer;
      }
      return undefined;
    },
    answer(keys: readonly string[], answer: Answer, at: number): void {
      const said = JSON.stringify(answer);
      for (const key of new Set(keys)) keep({ key, answer: said, at });
      pruneInputs(at);
    },
    people: (ids: string[]): Map<string, Person> =>
      new Map(known.all({ ids: JSON.stringify(ids) }).map((person) => [person.id, person])),
    know(them: Person[]): void {
      for (const person of them) know.run({ ...person });
    },
    subscribers: (): string[] => subscribed.all().map(({ user }) => user),
    subscribe({ user, on }: NonNullable<Write["subscription"]>, at: number): void {
      if (on) subscribe.run({ user, since: at });
      else unsubscribe.run({ user });
    },
    meta: (key: string): string | undefined => noted.get({ key })?.value,
    note(notes: Record<string, string>): void {
      for (const [key, value] of Object.entries(notes)) note.run({ key, value });
    },
  };
}

export type Sides = ReturnType<typeof sidesIn>;
