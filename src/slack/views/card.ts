import type { Incident } from "../../domain/incident.ts";
import { isLive } from "../../domain/vocab.ts";
import { holderOf } from "../../domain/roles/state.ts";
import { escapeText } from "../../domain/words.ts";
import { callOffers } from "../escalation/card.ts";
import { factLines, severityOf, titleOf } from "./facts.ts";
import { fitMessage, type Message } from "./limits.ts";
import type { ViewModel } from "./model.ts";
import { buttons, header, italic, lines, type Offer } from "./parts.ts";

export function cardView(model: ViewModel): Message {
  const { incident } = model;
  return fitMessage({
    text: escapeText(`${titleOf(model)}: ${incident.status}, ${severityOf(model)}`),
    blocks: [
      header(titleOf(model)),
      lines(factLines(model)),
      ...buttons(cardOffers(incident), rarerOffers(incident)),
      lines([[italic(recordedNote(incident))]]),
    ],
  });
}

const recordedNote = (incident: Incident): string =>
  `Everything said in this ${incident.channel ? "channel" : "thread"} is recorded.${incident.private ? " The incident is private: nothing of it shows to anybody outside." : ""}`;

/** The buttons of the card; `More` shows the control panel, which has the rest. */
export function cardOffers(state: Incident): Offer[] {
  const { number: incident, resolved, roles, ending } = state;
  const more: Offer = { label: "More", press: { do: "ShowStatus", incident } };
  const reopen: Offer = { label: "Reopen", press: { do: "OpenReopen", incident } };
  if (ending.cancelled) return [reopen, more];
  if (resolved)
    return [
      { label: "Write post-mortem", press: { do: "OpenSections", incident }, style: "primary" },
      { label: "Add details", press: { do: "OpenResolve", incident } },
      { label: "Action items", press: { do: "ShowItems", incident, page: 0 } },
      { label: "Export", press: { do: "Export", incident } },
      reopen,
      more,
    ];
  return [
    ...(holderOf(roles, "commander") === undefined
      ? [{ label: "Take command", press: { do: "GiveRole" as const, incident, role: "commander" as const } }]
      : []),
    ...callOffers(state),
    { label: "Update", press: { do: "OpenUpdate", incident }, style: "primary" },
    { label: "Mitigate", press: { do: "ShowMitigations", incident, command: "/incident" } },
    { label: "Resolve", press: { do: "OpenResolve", incident } },
    { label: "Log", press: { do: "OpenLog", incident } },
    more,
  ];
}

/** What is wanted once or twice in an incident. */
export function rarerOffers({ number: incident, status }: Incident): Offer[] {
  const title: Offer = { label: "Change title", press: { do: "OpenTitle", incident } };
  if (status === "RESOLVED") return [title, { label: "Close", press: { do: "Close", incident } }];
  if (!isLive(status)) return [title];
  return [
    { label: "Roles", press: { do: "ShowRoles", incident } },
    { label: "Change severity", press: { do: "OpenSeverity", incident } },
    title,
    { label: "Action items", press: { do: "ShowItems", incident, page: 0 } },
    { label: "Cancel or same as another", press: { do: "OpenCancel", incident } },
  ];
}
