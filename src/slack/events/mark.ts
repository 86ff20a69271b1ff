import type { Store } from "../../store/port.ts";
import { recordInput } from "../input.ts";
import type { InputKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";
import { incidentAt } from "../whereabouts.ts";

/** A mark on a message, as Slack tells of it. */
export interface Mark {
  incident: number;
  channel: string;
  ts: string;
  person: string;
  kind: string;
  present: boolean;
  eventTs: string;
}

/** Records that somebody marked a message as key, or took the mark back. */
export const recordMark = (room: SlackRoom, mark: Mark, keys: InputKeys): Promise<void> =>
  recordInput(room, { type: "MarkChanged", ...mark, recordedAt: room.clock.now() }, { keys });

/** The incident of a marked message. Slack does not say in which thread it stands; the record does. */
export const incidentOfMarked = async (
  store: Store,
  { channel, ts }: Pick<Mark, "channel" | "ts">,
): Promise<number | undefined> =>
  (await store.incidentOfChannel(channel)) ??
  incidentAt(store, { channel, threadTs: (await store.message(channel, ts))?.threadTs });
