import { type Actor, actorName } from "../domain/actor.ts";
import { peopleCalled } from "../domain/escalation/calls.ts";
import { questions } from "../domain/assessment/state.ts";
import type { Incident } from "../domain/incident.ts";
import { reasonOf } from "../domain/update.ts";
import { type Names, plain } from "../domain/plain-text.ts";
import { escapeText, mentionsIn, type Words } from "../domain/words.ts";
import { peopleMitigating } from "./mitigation/people.ts";

export { type Names, plain } from "../domain/plain-text.ts";

/** Words of the record as plain text; null where nothing was recorded. */
export const plainWords = (words: Words | null, names: Names): string | null =>
  words === null ? null : words.body === null ? "(erased)" : plain(words.body, names);

/** Text for a mrkdwn object with `verbatim: true`: shown as it is, never a mention, link or date. */
export const safe = (stored: string, names: Names = new Map()): string => escapeText(plain(stored, names));

export const code = (text: string): string => `\`${escapeText(text.replaceAll("`", "'"))}\``;

export const nameOf = (actor: Actor, names: Names): string =>
  actorName(actor, (user) => `@${names.get(user) ?? user}`);

/** Everybody whose name a message about the incident may need. */
export function peopleIn(incident: Incident): string[] {
  const mitigating = peopleMitigating(incident);
  const actors = [
    incident.declaredBy,
    incident.assessment.told?.by,
    ...questions.map((question) => incident.assessment[question]?.by),
    ...incident.updates.map((update) => update.by),
    ...incident.entries.map((entry) => entry.by),
    ...incident.renames.map((rename) => rename.by),
    ...Object.values(incident.sections).map((section) => section?.by),
    incident.reminder?.snoozed?.by,
    incident.resolved?.by,
    ...incident.roles.changes.map((change) => change.by),
    ...incident.roles.offers.map((offer) => offer.by),
    ...incident.asks.flatMap((ask) => [ask.by, ask.changedBy]),
    ...endingActors(incident),
    incident.access.lost?.by,
    ...incident.access.conversions.map(({ by }) => by),
    ...mitigating.actors,
    ...incident.troubles.map((trouble) => trouble.retried?.by),
  ];
  const texts = [
    incident.title,
    incident.impact,
    incident.currentAction,
    incident.resolved?.fix,
    ...incident.updates.flatMap(({ lines, change }) => [
      lines.impact,
      lines.currentAction,
      change ? reasonOf(change) : null,
    ]),
    ...incident.renames.flatMap((rename) => [rename.from, rename.to]),
    ...incident.entries.map((entry) => entry.text),
    ...Object.values(incident.sections).map((section) => section?.text),
    incident.assessment.userImpact?.said,
    incident.assessment.businessImpact?.amount,
    incident.assessment.businessImpact?.said,
    incident.reminder?.draft.lines.impact,
    incident.reminder?.draft.lines.currentAction,
    ...incident.asks.flatMap((ask) => [ask.text, ask.result]),
    ...incident.actionItems.map((item) => item.text),
    ...incident.ending.reopenings.map((reopening) => reopening.reason),
    ...incident.ending.notices.map((notice) => notice.words),
    incident.ending.cancelled?.reason,
    ...mitigating.texts,
    ...Object.values(incident.presence.briefed).flatMap(({ recent }) => recent.map((entry) => entry.text)),
  ];
  return [
    ...new Set([
      ...actors.flatMap((actor) => (actor?.kind === "slack" ? [actor.user] : [])),
      ...texts.flatMap((words) => mentionsIn(words?.body ?? "")),
      ...(incident.reminder?.to ? [incident.reminder.to] : []),
      ...peopleCalled(incident),
      ...incident.roles.changes.flatMap(({ from, to }) => [from, to].filter((user) => user !== null)),
      ...incident.roles.offers.map((offer) => offer.to),
      ...incident.asks.map((ask) => ask.to),
      ...[incident.ending.postmortem.owner, ...incident.actionItems.map((item) => item.owner)].filter(
        (user) => user !== null,
      ),
      ...Object.keys(incident.departed),
      ...mitigating.users,
    ]),
  ];
}

function endingActors({ ending, actionItems }: Incident): (Actor | null | undefined)[] {
  const { postmortem, archiving, cancelled, closed } = ending;
  return [
    ...[...ending.reopenings, ...ending.notices, ...actionItems].map((each) => each.by),
    ...[cancelled, closed, postmortem.published, postmortem.waived].map((each) => each?.by),
    archiving?.kept,
    ...actionItems.flatMap(({ done, dropped }) => [done?.by, dropped?.by]),
  ];
}
