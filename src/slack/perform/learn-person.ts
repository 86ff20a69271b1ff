import { z } from "zod";
import type { EffectNamed } from "../../domain/effect.ts";
import type { Performed } from "../../dispatch/performer.ts";
import type { Person } from "../../store/port.ts";
import { askFor, CallFailed, isRefusal } from "../calls.ts";
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

export async function learnPerson(stage: Stage, { user }: EffectNamed<"LearnPerson">): Promise<Performed> {
  const person = await askPerson(stage, user);
  return person ? { as: "done", people: [person] } : skipped("Slack shows no such person");
}

/** Undefined where Slack shows no such person. @throws CallFailed */
export async function askPerson(caller: Pick<Stage, "client">, id: string): Promise<Person | undefined> {
  try {
    const { user } = await askFor(caller, "users.info", { user: id }, personSchema);
    // An empty display name is what people have who never set one.
    const name = [user.profile?.display_name, user.real_name].find((each) => each) ?? user.name;
    return { id, name, isBot: user.is_bot === true };
  } catch (error) {
    if (isRefusal(error, "user_not_found", "user_not_visible")) return undefined;
    throw error;
  }
}

/**
 * Somebody who is not learned yet: whoever acts for the first time is named in the very message that this act brings.
 * Undefined where Slack does not say it now; a message does not wait for a name.
 */
export async function strangerOf(stage: Stage, id: string): Promise<Person | undefined> {
  const asked =
    stage.strangers.get(id) ??
    askPerson(stage, id).catch((error: unknown) => {
      if (!(error instanceof CallFailed)) throw error;
      stage.strangers.delete(id);
      return undefined;
    });
  stage.strangers.set(id, asked);
  return asked;
}
