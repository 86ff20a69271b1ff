import type { Answer } from "./contract.ts";
import type { Args } from "./args.ts";

/**
 * One page of a list whose order holds between calls; the cursor names the last item given. `isBeyond` finds the place
 * even when that item has gone since.
 */
export function page<T>(
  args: Args,
  items: readonly T[],
  keyOf: (item: T) => string,
  defaultLimit: number,
  isBeyond?: (item: T, key: string) => boolean,
): { ok: true; items: T[]; nextCursor: string } | { ok: false; error: string } {
  const limit = args.integer("limit", defaultLimit);
  const cursor = args.maybeText("cursor");
  let from = 0;
  if (cursor !== undefined && cursor !== "") {
    const after = decode(cursor);
    if (after === undefined) return { ok: false, error: "invalid_cursor" };
    const at = items.findIndex((item) => (isBeyond ? isBeyond(item, after) : keyOf(item) === after));
    if (at < 0 && !isBeyond) return { ok: false, error: "invalid_cursor" };
    from = isBeyond ? (at < 0 ? items.length : at) : at + 1;
  }
  const given = items.slice(from, from + limit);
  const last = given.at(-1);
  const more = from + given.length < items.length;
  return { ok: true, items: given, nextCursor: more && last !== undefined ? encode(keyOf(last)) : "" };
}

/** The last page has an empty `next_cursor`: https://docs.slack.dev/apis/web-api/pagination */
export function paged(answer: { ok: true } & Record<string, unknown>, nextCursor: string): Answer {
  return { ...answer, response_metadata: { next_cursor: nextCursor } };
}

function encode(key: string): string {
  return Buffer.from(`next:${key}`).toString("base64");
}

function decode(cursor: string): string | undefined {
  const match = /^next:(.+)$/.exec(Buffer.from(cursor, "base64").toString());
  return match?.[1];
}
