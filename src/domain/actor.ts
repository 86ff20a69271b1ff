import { z } from "zod";

/** Who did it: a person in Slack (`U…`), the operator at a shell, or Sitrep itself. */
export const actorSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("slack"), user: z.string() }),
  z.object({ kind: z.literal("cli"), user: z.string() }),
  z.object({ kind: z.literal("bot") }),
]);
export type Actor = z.infer<typeof actorSchema>;

/** What an actor is called in texts; `mention` names a person in Slack, without a ping. */
export function actorName(actor: Actor, mention: (user: string) => string): string {
  switch (actor.kind) {
    case "slack":
      return mention(actor.user);
    case "cli":
      return `${actor.user} (command line)`;
    case "bot":
      return "Sitrep";
    default:
      return actor satisfies never;
  }
}

export const bot: Actor = { kind: "bot" };
export const slackUser = (user: string): Actor => ({ kind: "slack", user });
