import { z } from "zod";

/** Who did it: a person in Slack (`U…`), the operator at a shell, or Sitrep itself. */
export const actorSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("slack"), user: z.string() }),
  z.object({ kind: z.literal("cli"), user: z.string() }),
  z.object({ kind: z.literal("bot") }),
]);
export type Actor = z.infer<typeof actorSchema>;

export const bot: Actor = { kind: "bot" };
export const slackUser = (user: string): Actor => ({ kind: "slack", user });
