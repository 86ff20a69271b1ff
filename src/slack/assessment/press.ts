import { slackUser } from "../../domain/actor.ts";
import type { Answered } from "../../domain/assessment/commands.ts";
import type { Command } from "../../domain/command.ts";
import { reference } from "../../domain/incident.ts";
import { businessImpacts, scopes, trends, userImpacts } from "../../domain/vocab.ts";
import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import { answerTo } from "../commands/answers.ts";
import { handleInput } from "../input.ts";
import { pressKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";
import { reply } from "../views/reply.ts";
import type { AssessmentPress } from "./ids.ts";
import { openAssess } from "./open.ts";

export async function onAssessmentPress(
  room: SlackRoom,
  pressed: Pressed,
  press: AssessmentPress,
): Promise<PressAnswer> {
  const { incident } = press;
  const by = { at: room.clock.now(), actor: slackUser(pressed.user), incident };
  // What changed shows in the channel, in the message that was pressed.
  const carryOut = async (command: Command): Promise<PressAnswer> => {
    const keys = pressKeys({ ...pressed.action, user: pressed.user });
    const outcome = await handleInput(room, command, { keys });
    return { answer: outcome.ok && !pressed.ephemeral ? null : await answerTo(room, outcome) };
  };
  switch (press.do) {
    case "Assess": {
      const answers = answersOf(press);
      return answers
        ? carryOut({ type: "AnswerAssessment", ...by, answers, inForm: false })
        : { answer: reply("This menu is from another version of Sitrep, so nothing was recorded.") };
    }
    case "AcceptSeverity":
      return carryOut({ type: "AcceptSeverity", ...by, severity: press.severity, reason: room.newId() });
    case "OpenAssess": {
      const found = await room.handling.store.incident(incident);
      const answer = found
        ? await openAssess(room, pressed.triggerId, found)
        : reply(`There is no ${reference(incident)}.`);
      return { answer };
    }
    default:
      return press satisfies never;
  }
}

function answersOf({ of, as }: Extract<AssessmentPress, { do: "Assess" }>): Answered | null {
  switch (of) {
    case "userImpact": {
      const answer = userImpacts.find((each) => each === as);
      return answer ? { userImpact: { answer } } : null;
    }
    case "businessImpact": {
      if (as === "none") return { businessImpact: { answers: [] } };
      const named = businessImpacts.find((each) => each === as.slice(1));
      if (!named) return null;
      return { businessImpact: as.startsWith("-") ? { not: named } : { also: named } };
    }
    case "scope": {
      const answer = scopes.find((each) => each === as);
      return answer ? { scope: { answer } } : null;
    }
    case "trend": {
      const answer = trends.find((each) => each === as);
      return answer ? { trend: { answer } } : null;
    }
    default:
      return of satisfies never;
  }
}
