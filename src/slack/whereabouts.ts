import { threadRoom } from "../domain/opening/thread.ts";
import type { Store } from "../store/port.ts";

/** A place where something is said: a channel, or a thread in one. */
export interface Whereabouts {
  channel: string;
  threadTs?: string | null | undefined;
}

/** The incident that goes on there: in a channel of its own, or in the thread that stands in for one. */
export async function incidentAt(
  store: Pick<Store, "incidentOfChannel">,
  { channel, threadTs }: Whereabouts,
): Promise<number | undefined> {
  const own = await store.incidentOfChannel(channel);
  if (own !== undefined || !threadTs) return own;
  return store.incidentOfChannel(threadRoom(channel, threadTs));
}
