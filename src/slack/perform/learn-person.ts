import { z } from "zod";
import type { EffectNamed } from "../../domain/effect.ts";
import type { Performed } from "../../dispatch/performer.ts";
import { askFor, isRefusal } from "../calls.ts";
import { skipped, type Stage } from "./stage.ts";

const personSchema = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    is_bot: z.boolean().optional(),
    real_name: z.string().optional(),
    profile: z.object({ display_name: z.string().optional() }).optional(),
  }),
});

export async function learnPerson(
  stage: Stage,
  { user: id }: EffectNamed<"LearnPerson">,
): Promise<Performed> {
  try {
    const { user } = await askFor(stage, "users.info", { user: id }, personSchema);
    // An empty display name is what people have who never set one.
    const name = [user.profile?.display_name, user.real_name].find((each) => each) ?? user.name;
    return { as: "done", people: [{ id, name, isBot: user.is_bot === true }] };
  } catch (error) {
    if (isRefusal(error, "user_not_found", "user_not_visible")) return skipped("Slack shows no such person");
    throw error;
  }
}
