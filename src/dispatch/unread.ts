import { z } from "zod";
import type { Incident } from "../domain/incident.ts";
import { hasRoom } from "../domain/opening/thread.ts";
import type { Store } from "../store/port.ts";

const noteUnder = "read-again";

/** What was open at the last look, and the number that came next then. */
const noteSchema = z.object({ open: z.array(z.number()), next: z.number() });

/** Whose history may hold what was missed, and a note of it for the next time; undefined where that stands already. */
interface Unread {
  incidents: Incident[];
  meta: Record<string, string> | undefined;
}

/** The open incidents, and once more whatever has ended since the last look: nobody has read the end of it. */
export async function unread(
  store: Pick<Store, "incident" | "incidents" | "meta" | "nextNumber">,
): Promise<Unread> {
  const next = await store.nextNumber();
  const open = await store.incidents({ open: true });
  const noted = await store.meta(noteUnder);
  const before = noted === undefined ? { open: [], next } : noteSchema.parse(JSON.parse(noted));
  const begun = Array.from({ length: Math.max(0, next - before.next) }, (_, n) => before.next + n);
  const numbers = open.map(({ number }) => number);
  const ended = [...before.open, ...begun].filter((number) => !numbers.includes(number));
  const over = (await Promise.all(ended.map((number) => store.incident(number)))).filter(
    (incident) => incident !== undefined,
  );
  const note = JSON.stringify({ open: numbers, next });
  return {
    // For a channel that is lost, of an incident that is over, nobody waits.
    incidents: [...open, ...over.filter(({ access }) => access.lost === null)].filter(hasRoom),
    meta: note === noted ? undefined : { [noteUnder]: note },
  };
}
