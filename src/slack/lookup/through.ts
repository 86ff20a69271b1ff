import type { Trail } from "../calls.ts";

/**
 * Finds something on the pages of a list, all of them. Where an attempt was cut short the next one with the same key goes on: a
 * list of more pages than Slack gives in a minute would otherwise be begun anew for ever.
 */
export async function through<Page, Found>(
  trails: Map<string, Trail>,
  key: string,
  list: (trail: Trail) => AsyncIterable<Page>,
  find: (page: Page) => Found | undefined | Promise<Found | undefined>,
): Promise<Found | undefined> {
  const trail = trails.get(key) ?? { cursor: "" };
  trails.set(key, trail);
  let found: Found | undefined;
  for await (const page of list(trail)) {
    found = await find(page);
    if (found !== undefined) break;
  }
  trails.delete(key);
  return found;
}
