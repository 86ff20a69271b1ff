import { hydrate, wordsIn } from "../codec.ts";
import { sql } from "./drizzle.ts";
import { bound, boundSql, inJson, type Orm, runner } from "./orm.ts";
import { texts } from "./tables.ts";

/** Where people's words live, once each. */
export function textsIn(orm: Orm) {
  const bodies = orm
    .select({ id: texts.id, body: texts.body })
    .from(texts)
    .where(inJson(texts.id, "ids"))
    .prepare();
  const keep = runner(
    orm,
    orm
      .insert(texts)
      .values({ id: bound("id"), body: bound("body") })
      .onConflictDoNothing(),
  );
  const erase = orm
    .insert(texts)
    .values({ id: bound("id"), erasedAt: bound("at") })
    .onConflictDoUpdate({
      target: texts.id,
      set: { body: sql`null`, erasedAt: sql`coalesce(erased_at, ${boundSql("at")})` },
    })
    .prepare();
  return {
    /** Puts the bodies into freshly parsed values, with one query for all of them. */
    hydrate(stored: unknown): void {
      const ids = wordsIn(stored);
      if (ids.length === 0) return;
      const found = bodies.all({ ids: JSON.stringify(ids) });
      hydrate(stored, new Map(found.map(({ id, body }) => [id, body])));
    },
    /** A text that is there stays as it is; an erased one cannot come back. */
    keep(encoded: Map<string, string>): void {
      for (const [id, body] of encoded) keep({ id, body });
    },
    /** Blanks them wherever they are referenced. One not stored yet never will be. */
    erase(ids: Iterable<string>, at: number): void {
      for (const id of ids) erase.run({ id, at });
    },
  };
}

export type Texts = ReturnType<typeof textsIn>;
