import type { Outgoing } from "./effect.ts";
import { invitePeople, postMessage, uploadPostmortem } from "./effect-routing.ts";
import { draftCopyOf } from "./ending/draft-copy.ts";
import type { Incident } from "./incident.ts";
import { isTelling, placeOf } from "./place.ts";
import { recordedAt } from "./recorded-at.ts";

/** What is recorded, in the place that was just found for it. */
export function shown(state: Incident, at: number): Outgoing[] {
  const { number, version, announce, entries, renames, updates, reminder } = state;
  return [
    postMessage(number, "card", at),
    ...(announce ? [postMessage(number, "announcement", at)] : []),
    ...entries.map((entry) => postMessage(number, `entry:${entry.id}`, at)),
    ...renames.map((rename) => postMessage(number, `title:${rename.version}`, at)),
    ...updates.filter((update) => update.n > 1).flatMap((update) => updatePosts(state, update.n, at)),
    ...(reminder && !reminder.snoozed ? [postMessage(number, `reminder:${reminder.due}`, at, version)] : []),
    // To another channel it is on its way already.
    ...(state.resolved && state.access.former.length === 0
      ? [uploadPostmortem(number, draftCopyOf(state), at)]
      : []),
  ];
}

/** What has stood elsewhere before: in the thread, or in one that is gone; and who was asked into a channel that is gone. */
export const postedAnew = (effects: readonly Outgoing[], { number, version, access }: Incident): Outgoing[] =>
  effects.map((each) => {
    const { effect, dueAt } = each;
    if (effect.type === "InvitePeople" && access.former.length > 0)
      return invitePeople(number, effect.users, `${each.key}:${version}`, dueAt);
    const isMoved = effect.type === "PostMessage" && placeOf(effect.slot) === "incident";
    return isMoved ? postMessage(number, effect.slot, dueAt, version) : each;
  });

/** There is no place yet for what it edits: that comes with the place, as it stands then. */
export const isEarlyEdit = ({ effect }: Outgoing, { posts }: Incident): boolean =>
  effect.type === "EditMessage" &&
  typeof placeOf(effect.slot) === "string" &&
  posts[effect.slot] === undefined;

/** What was told before there was a place for it comes in the order in which it was recorded. */
export function inOrder(effects: readonly Outgoing[], state: Incident): Outgoing[] {
  const recorded = ({ effect }: Outgoing) =>
    effect.type === "PostMessage" && isTelling(effect.slot) ? recordedAt(state, effect.slot) : null;
  const told = effects
    .flatMap((each) => {
      const at = recorded(each);
      return at === null ? [] : [{ each, at }];
    })
    .toSorted((one, other) => one.at - other.at);
  return effects.map((each) => (recorded(each) === null ? each : (told.shift()?.each ?? each)));
}

export function updatePosts({ number, announce }: Incident, n: number, at: number): Outgoing[] {
  return [
    postMessage(number, `update:${n}:channel`, at),
    ...(announce ? [postMessage(number, `update:${n}:thread`, at)] : []),
  ];
}
