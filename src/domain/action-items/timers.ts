import { z } from "zod";

const incident = z.number();

/** What falls due here; the command of the same name is what performing it does. */
export const actionItemsTimers = [
  z.object({ type: z.literal("RemindActionItem"), incident, item: z.string(), due: z.string() }),
  z.object({ type: z.literal("SendActionDigest"), incident, due: z.number() }),
] as const;
