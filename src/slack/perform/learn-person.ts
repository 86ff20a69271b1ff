import type { EffectNamed } from "../../domain/effect.ts";
import type { Performed } from "../../dispatch/performer.ts";
import type { Person } from "../../store/port.ts";
import { CallFailed } from "../calls.ts";
import { askPerson } from "../directory.ts";
import { skipped, type Stage } from "./stage.ts";

export async function learnPerson(stage: Stage, { user }: EffectNamed<"LearnPerson">): Promise<Performed> {
  const person = await askPerson(stage, user);
  return person ? { as: "done", people: [person] } : skipped("Slack shows no such person");
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
