import { z } from "zod";
import { among, event } from "../event-shape.ts";
import { recentSchema } from "./state.ts";

export const presenceEvents = [
  /** `since`: when, as Slack says; it may tell of it later, and of the leaving first. */
  event("MemberJoined", { user: z.string(), since: z.number().optional() }),
  event("MemberLeft", { user: z.string(), since: z.number().optional() }),
  /** Somebody who came late is told in private where the incident stands. */
  event("MemberBriefed", { user: z.string(), recent: z.array(recentSchema) }),
] as const;
export type PresenceEvent = z.infer<(typeof presenceEvents)[number]>;

export const isPresenceEvent = among(presenceEvents);
