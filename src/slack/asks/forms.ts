import type { ModalView } from "@slack/types";
import type { Ask } from "../../domain/asks/state.ts";
import { type Incident, isOpen, reference } from "../../domain/incident.ts";
import { modal, textInput, userInput } from "../modals/inputs.ts";
import { openForm } from "../modals/open.ts";
import { namesFor, type SlackRoom } from "../room.ts";
import { type Names, safe } from "../text.ts";
import { sentence } from "../views/parts.ts";
import { reply } from "../views/reply.ts";

const askForm = ({ number: incident }: Incident, to: string | undefined): ModalView =>
  modal(
    { form: "ask", incident },
    {
      title: `Ask for ${reference(incident)}`,
      submit: "Ask",
      blocks: [
        userInput({ field: "to", label: "Whom", ...(to !== undefined && { initial: to }) }),
        textInput({ field: "text", label: "For what", required: true, multiline: true }),
        textInput({
          field: "within",
          label: "Within",
          placeholder: "5m",
          hint: "Empty: chased after 10 minutes.",
        }),
      ],
    },
  );

const doneForm = ({ number: incident }: Incident, ask: Ask, names: Names): ModalView =>
  modal(
    { form: "askDone", incident, ask: ask.id },
    {
      title: "Done",
      submit: "Done",
      blocks: [
        sentence(safe(ask.text.body ?? "(erased)", names)),
        textInput({
          field: "result",
          label: "What came of it",
          multiline: true,
          hint: "It goes on the timeline. May stay empty.",
        }),
      ],
    },
  );

export async function openAsk(room: SlackRoom, triggerId: string | null, incident: Incident, to?: string) {
  const { number, status } = incident;
  if (!isOpen(incident))
    return reply(`${reference(number)} is ${status}, and an ask is work for now. For later:`, [
      { label: "Create action item", press: { do: "AddItem", incident: number } },
    ]);
  return openForm(room, triggerId, askForm(incident, to), {
    label: "Ask somebody",
    press: { do: "OpenAsk", incident: number, ...(to !== undefined && { to }) },
  });
}

export async function openDone(room: SlackRoom, triggerId: string, incident: Incident, ask: Ask) {
  return openForm(room, triggerId, doneForm(incident, ask, await namesFor(room, [incident])), {
    label: "Done",
    press: { do: "OpenAskDone", incident: incident.number, ask: ask.id },
  });
}
