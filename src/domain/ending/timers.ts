import { z } from "zod";

const incident = z.number();
const at = z.number();
const other = z.object({ number: z.number().int().positive(), channel: z.string().nullable() });

/** What falls due here; the command of the same name is what performing it does. */
export const endingTimers = [
  z.object({ type: z.literal("RemindPostmortem"), incident, due: z.number() }),
  z.object({ type: z.literal("AnnounceArchiving"), incident, due: at }),
  z.object({ type: z.literal("ArchiveWhenDue"), incident, due: at }),
  /** Due at once: carries a change of one incident over to another. */
  z.object({ type: z.literal("NoteDuplicate"), incident, other, same: z.boolean() }),
] as const;
