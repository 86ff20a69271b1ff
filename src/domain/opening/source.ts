import { z } from "zod";

/** A message in Slack with which an incident begins. It may stand anywhere, also where Sitrep cannot see it. */
export const sourceSchema = z.object({
  channel: z.string(),
  ts: z.string(),
  threadTs: z.string().nullable(),
  /** A user id; null where no person wrote it. */
  author: z.string().nullable(),
  /** In Slack's encoding. */
  text: z.string(),
  files: z.array(z.string()),
});
export type SourceMessage = z.infer<typeof sourceSchema>;
