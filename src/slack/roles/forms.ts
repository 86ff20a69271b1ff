import type { ModalView } from "@slack/types";
import { type Incident, reference } from "../../domain/incident.ts";
import { roles } from "../../domain/vocab.ts";
import { choiceInput, modal, userInput } from "../modals/inputs.ts";
import { type Names, safe } from "../text.ts";
import { roleLabel } from "../views/facts.ts";
import { sentence } from "../views/parts.ts";

export const roleForm = ({ number: incident }: Incident): ModalView =>
  modal(
    { form: "role", incident },
    {
      title: `Roles of ${reference(incident)}`,
      submit: "Give role",
      blocks: [
        choiceInput({
          field: "role",
          label: "Role",
          choices: roles.map((role) => ({ value: role, label: roleLabel(role) })),
        }),
        userInput({ field: "to", label: "Who" }),
      ],
    },
  );

export const handoverForm = ({ number: incident }: Incident): ModalView =>
  modal(
    { form: "handover", incident },
    {
      title: `Hand over ${reference(incident)}`,
      submit: "Offer command",
      blocks: [
        sentence("They get a brief in the channel, and command moves when they accept it."),
        userInput({ field: "to", label: "To whom" }),
      ],
    },
  );

/** Asked before command is taken from somebody. */
export const takeCommandForm = (
  { number: incident }: Incident,
  { to, from }: { to: string; from: string },
  names: Names,
): ModalView =>
  modal(
    { form: "takeCommand", incident, to, from },
    {
      title: "Take command?",
      submit: "Take command",
      blocks: [
        sentence(
          safe(
            `<@${from}> leads ${reference(incident)}. Press to make <@${to}> the commander instead; it is announced in the channel.`,
            names,
          ),
        ),
      ],
    },
  );
