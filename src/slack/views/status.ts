import type { Incident } from "../../domain/incident.ts";
import { isLive } from "../../domain/vocab.ts";
import { escapeText } from "../../domain/words.ts";
import type { CommandWord } from "../id-shape.ts";
import { cardOffers, rarerOffers } from "./card.ts";
import { markedAsDrill } from "./drill.ts";
import { factLines, severityOf, titleOf } from "./facts.ts";
import { fitMessage, type Message } from "./limits.ts";
import type { ViewModel } from "./model.ts";
import { bold, buttons, channel, labelled, type Line, lines, type Offer } from "./parts.ts";

/** The incident as it stands, for the asker alone; with its buttons, it is the control panel too. */
export function statusView(model: ViewModel, command: CommandWord): Message {
  const { incident } = model;
  const where: Line[] = incident.channel ? [labelled("Channel", channel(incident.channel.id))] : [];
  const message = fitMessage({
    text: escapeText(`${titleOf(model)}: ${incident.status}, ${severityOf(model)}`),
    blocks: [
      lines([[bold(titleOf(model))], ...factLines(model), ...where]),
      ...buttons(
        cardOffers(incident).filter(({ press }) => press.do !== "ShowStatus"),
        rarerOffers(incident),
      ),
      ...buttons(panelOffers(incident, command)),
    ],
  });
  return incident.drill ? markedAsDrill(message) : message;
}

/** What the card has no room for. */
function panelOffers({ number: incident, status }: Incident, command: CommandWord): Offer[] {
  const timeline: Offer = { label: "Timeline", press: { do: "ShowTimeline", incident, page: null } };
  const help: Offer = { label: "Help", press: { do: "ShowHelp", command, topic: null } };
  if (!isLive(status)) return [timeline, help];
  return [
    { label: "Assess", press: { do: "OpenAssess", incident } },
    { label: "Ask somebody", press: { do: "OpenAsk", incident } },
    { label: "Call somebody", press: { do: "OpenPage", incident } },
    { label: "Record a decision", press: { do: "OpenDecision", incident } },
    { label: "Runbooks", press: { do: "ListRunbooks", incident, command } },
    timeline,
    help,
  ];
}
