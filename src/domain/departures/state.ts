import { z } from "zod";

/** Whose Slack account is deactivated, user id -> since when. */
export const departedSchema = z.record(z.string(), z.object({ since: z.number() }));
export type Departed = z.infer<typeof departedSchema>;

export const nobodyDeparted: Departed = {};
