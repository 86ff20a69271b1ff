import type { ModalView } from "@slack/types";
import type { SourceMessage } from "../../domain/opening/source.ts";
import { choiceInput, modal } from "../modals/inputs.ts";

export const takenAlong = "takeAlong";

/** Asks before a message leaves the conversation in which it was written. */
export const takeAlongForm = (source: SourceMessage): ModalView =>
  modal(
    { form: "takeAlong", source },
    {
      title: "Declare an incident",
      submit: "Next",
      blocks: [
        {
          type: "section",
          text: {
            type: "plain_text",
            text: "This message stands in a direct message or a private channel. Taken along, its text, author and time are the first entry of the incident's timeline, and everybody who sees the incident can read them.",
          },
        },
        choiceInput({
          field: takenAlong,
          label: "Take the message along?",
          initial: "no",
          choices: [
            { value: "no", label: "No, declare without it" },
            { value: "yes", label: "Yes, make it the first entry" },
          ],
        }),
      ],
    },
  );
