import type { Target } from "../../domain/escalation/state.ts";
import { type Incident, isOpen, reference } from "../../domain/incident.ts";
import { somebody } from "../commands/mentioned.ts";
import { type Filled, type Read, writtenIn } from "../modals/filled.ts";
import { type Choice, choiceInput, fieldOf, modal, textInput, userInput } from "../modals/inputs.ts";
import { openForm } from "../modals/open.ts";
import type { SlackRoom } from "../room.ts";
import { limits, type Message } from "../views/limits.ts";
import { reply } from "../views/reply.ts";

/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
const mostChoices = 100;

/** A person, or what the configuration has: a policy, a rotation. */
export async function openPage(
  room: SlackRoom,
  triggerId: string | null,
  incident: Incident,
): Promise<Message | null> {
  const { number, status } = incident;
  if (!isOpen(incident))
    return reply(`${reference(number)} is ${status}, so nobody is called. “reopen” takes it up again.`);
  const choices = configured(room);
  const view = modal(
    { form: "page", incident: number },
    {
      title: `Call for ${reference(number)}`,
      submit: "Call now",
      blocks: [
        userInput({ field: "person", label: "Whom", required: false }),
        ...(choices.length > 0
          ? [choiceInput({ field: "configured", label: "Or whoever is in", choices, optional: true })]
          : []),
        textInput({ field: "reason", label: "Why", hint: "It stands in the call. May stay empty." }),
      ],
    },
  );
  return openForm(room, triggerId, view, {
    label: "Call somebody",
    press: { do: "OpenPage", incident: number },
  });
}

/** A value longer than Slack takes is left to be typed. */
function configured({ handling: { rules } }: SlackRoom): Choice[] {
  const policies = Object.keys(rules.escalation).map((name) => ({
    value: `policy:${name}`,
    label: `Policy ${name}`,
  }));
  const rotations = Object.keys(rules.onCall).map((name) => ({
    value: `oncall:${name}`,
    label: `On call: ${name}`,
  }));
  return [...policies, ...rotations]
    .filter(({ value }) => value.length <= limits.option)
    .slice(0, mostChoices);
}

export async function readPage(incident: number, filled: Filled): Promise<Read> {
  const { room, by, state } = filled;
  const person = fieldOf(state, "person");
  const chosen = fieldOf(state, "configured");
  if ((person === null) === (chosen === null))
    return { faults: { person: person === null ? "Pick whom to call." : "Pick one of the two, not both." } };
  const found = person === null ? { people: [] } : await somebody(room, person);
  if ("sentence" in found) return { faults: { person: found.sentence } };
  const reason = writtenIn(filled, "reason");
  return {
    command: {
      type: "Page",
      ...by,
      incident,
      whom: person === null ? whomIn(chosen ?? "") : { target: { kind: "user", name: person } },
      ...(reason && { reason }),
    },
  };
}

function whomIn(chosen: string): { target: Target } | { policy: string } {
  const name = chosen.slice(chosen.indexOf(":") + 1);
  return chosen.startsWith("oncall:") ? { target: { kind: "oncall", name } } : { policy: name };
}
