import { isOpen, reference } from "../../domain/incident.ts";
import { escapeText } from "../../domain/words.ts";
import { nameOf, plainWords } from "../text.ts";
import { titleOf } from "../views/facts.ts";
import { fitMessage, type Message } from "../views/limits.ts";
import { clockOf, type ViewModel } from "../views/model.ts";
import { bold, buttons, channel, italic, type Line, lines, type Offer, text } from "../views/parts.ts";
import type { SlotAsked, SlotViews } from "../views/slot-view.ts";

/** Messages of this folder, by the first word of their slot. */
export const endingViews: SlotViews = {
  ended: (model, { id }) => noticeView(model, Number(id)),
  duplicate: duplicateView,
  archive: (model, { id, stands }) => archiveView(model, Number(id), stands),
  "pm-due": postmortemDueView,
};

const said = (plain: string, line: Line, offers: readonly Offer[] = []): Message =>
  fitMessage({ text: escapeText(plain), blocks: [lines([line]), ...buttons(offers)] });

/** What changed after the end, in a line. */
function noticeView(model: ViewModel, version: number): Message | null {
  const { incident, names } = model;
  const notice = incident.ending.notices.find((each) => each.version === version);
  if (!notice) return null;
  const name = reference(incident);
  const who = nameOf(notice.by, names);
  const other = `INC-${notice.about ?? ""}`;
  switch (notice.kind) {
    case "closed": {
      const how = notice.by.kind === "bot" ? "" : ` by ${who}`;
      const { waived } = incident.ending.postmortem;
      const why = `Its post-mortem is ${waived ? "waived" : "published"}, and every action item has an owner.`;
      return said(`${name} is CLOSED${how}. ${why}`, [bold(`${name} is CLOSED${how}.`), text(` ${why}`)]);
    }
    case "published":
      return plainNotice(`${who} published the post-mortem of ${name}.`);
    case "waived":
      return plainNotice(
        `${who} waived the post-mortem of ${name}: ${plainWords(notice.words, names) ?? ""}`,
      );
    case "claimed":
      return plainNotice(`${who} writes the post-mortem of ${name}.`);
    case "declined":
      return plainNotice(`${who} does not write the post-mortem of ${name}: nobody is to write it yet.`, [
        { label: "I write it", press: { do: "OwnPostmortem", incident: incident.number, claim: true } },
      ]);
    case "same":
      return plainNotice(`${other} is the same: it was cancelled as a duplicate of this one.`);
    case "notSame":
      return plainNotice(`${other} was reopened: it is not the same any more.`);
    default:
      return notice.kind satisfies never;
  }
}

const plainNotice = (words: string, offers: readonly Offer[] = []): Message =>
  said(words, [text(words)], offers);

/** Where the work goes on; who presses is brought there. */
function duplicateView({ incident }: ViewModel, { stands }: SlotAsked): Message | null {
  const { cancelled } = incident.ending;
  if (!cancelled || cancelled.duplicateOf === null)
    return stands ? plainNotice(`${reference(incident)} was reopened: work goes on here.`) : null;
  const { duplicateOf: number, otherChannel } = cancelled;
  const head = `${reference(incident)} is the same as ${reference(number)}, where work goes on.`;
  return said(
    head,
    [
      bold(head),
      text(" This channel’s timeline stays."),
      ...(otherChannel ? [text(" "), channel(otherChannel)] : []),
    ],
    otherChannel && !incident.private
      ? [{ label: `Join ${reference(number)}`, press: { do: "Join", incident: number }, style: "primary" }]
      : [],
  );
}

function archiveView(model: ViewModel, at: number, stands: boolean): Message | null {
  const { incident, names } = model;
  const { archiving } = incident.ending;
  const name = reference(incident);
  if (incident.access.lost?.why === "archived") return null;
  if (!stands && (isOpen(incident) || archiving?.kept)) return null;
  if (isOpen(incident))
    return said(`${name}: the channel stays.`, [italic(`${name} was reopened: the channel stays.`)]);
  if (!archiving || archiving.at !== at) return null;
  if (archiving.kept)
    return said(`${name}: the channel stays.`, [
      italic(`The channel stays: ${nameOf(archiving.kept, names)} keeps it.`),
    ]);
  const head = `${name} is closed: this channel is archived at ${clockOf(model, at)}.`;
  return said(
    head,
    [bold(head), text(" What was said in it stays readable.")],
    [{ label: "Keep", press: { do: "KeepChannel", incident: incident.number, due: at } }],
  );
}

/** Direct message to the owner of the post-mortem, once its time is over. */
function postmortemDueView(model: ViewModel, { id, person, stands }: SlotAsked): Message | null {
  const due = Number(id);
  const { incident } = model;
  const { owner, published, waived } = incident.ending.postmortem;
  const number = incident.number;
  const what = `The post-mortem of ${titleOf(model)}`;
  if (!stands && (published || waived || !incident.resolved)) return null;
  if (published) return said(`${what} is published.`, [italic(`${what} is published.`)]);
  if (waived) return said(`${what} is waived.`, [italic(`${what} is waived.`)]);
  if (!incident.resolved)
    return said(`${what} waits.`, [italic(`${what} waits: the incident was reopened.`)]);
  const head = `${what} was to be published by ${clockOf(model, due)}.`;
  const offers: Offer[] = [
    { label: "Write post-mortem", press: { do: "OpenSections", incident: number }, style: "primary" },
    { label: "Publish", press: { do: "Publish", incident: number } },
    { label: "Waive", press: { do: "OpenWaive", incident: number } },
    person !== undefined && person === owner
      ? { label: "Not me", press: { do: "OwnPostmortem", incident: number, claim: false } }
      : { label: "I write it", press: { do: "OwnPostmortem", incident: number, claim: true } },
  ];
  return said(head, [bold(head)], offers);
}
