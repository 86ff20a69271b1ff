import type { Store } from "../store/port.ts";
import type { Names } from "./text.ts";

/** Names of these people, as far as they are known. */
export async function namesOf(store: Pick<Store, "people">, ids: Iterable<string>): Promise<Names> {
  const people = await store.people([...new Set(ids)]);
  return new Map([...people].map(([id, { name }]) => [id, name]));
}
