import type { Incident } from "../../domain/incident.ts";
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
      ...buttons(panelOffers(incident, command), rarerOffers(incident)),
    ],
  });
  return incident.drill ? markedAsDrill(message) : message;
}

const panelOffers = (incident: Incident, command: CommandWord): Offer[] =>
  cardOffers(incident).map((offer) =>
    offer.press.do === "ShowHelp" ? { ...offer, press: { ...offer.press, command } } : offer,
  );
