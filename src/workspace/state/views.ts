import type { View } from "@slack/types";
import type { OpenView } from "../model.ts";
import { withIds } from "./block-ids.ts";
import { done, type Outcome, refused } from "./outcome.ts";
import type { Team } from "./team.ts";

const STACK_MAX = 3;

/** A new stack with this view alone. Errors: duplicate_external_id. */
export function openView(team: Team, user: string, view: View): Outcome<OpenView> {
  if (isExternalIdTaken(team, view)) return refused("duplicate_external_id");
  const id = team.ids.next("V");
  return done(
    remember(team, { id, hash: freshHash(team), rootId: id, user, view: complete(team, view), values: {} }),
  );
}

/** On top of another view. Errors: not_found, push_limit_reached, duplicate_external_id. */
export function pushView(team: Team, belowId: string, view: View): Outcome<OpenView> {
  const below = team.views.get(belowId);
  if (!below) return refused("not_found");
  if (isExternalIdTaken(team, view)) return refused("duplicate_external_id");
  const stack = [...team.views.values()].filter((other) => other.rootId === below.rootId);
  if (stack.length >= STACK_MAX) return refused("push_limit_reached");
  const id = team.ids.next("V");
  const { rootId, user } = below;
  return done(
    remember(team, {
      id,
      hash: freshHash(team),
      rootId,
      previousId: below.id,
      user,
      view: complete(team, view),
      values: {},
    }),
  );
}

/** With a `hash`, a stale one is refused. Errors: not_found, hash_conflict, duplicate_external_id. */
export function updateView(team: Team, viewId: string, view: View, hash?: string): Outcome<OpenView> {
  const open = team.views.get(viewId);
  if (!open) return refused("not_found");
  if (hash !== undefined && hash !== open.hash) return refused("hash_conflict");
  if (isExternalIdTaken(team, view, viewId)) return refused("duplicate_external_id");
  // What the person typed stays only where block_id and action_id stay.
  const values: OpenView["values"] = {};
  for (const [blockId, actionId] of inputsOf(view)) {
    const typed = open.values[blockId]?.[actionId];
    if (typed !== undefined) values[blockId] = { ...values[blockId], [actionId]: typed };
  }
  open.view = complete(team, view);
  open.values = values;
  open.hash = freshHash(team);
  team.glimpse({ user: open.user, view: open });
  return done(open);
}

/**
 * What the app's Home tab shows this person from now on. With a `hash`, a stale one is refused. Errors: not_enabled,
 * hash_conflict, duplicate_external_id.
 */
export function publishHome(team: Team, user: string, view: View, hash?: string): Outcome<OpenView> {
  if (team.installation?.homeTab !== true) return refused("not_enabled");
  const shown = team.homes.get(user);
  if (hash !== undefined && hash !== shown?.hash) return refused("hash_conflict");
  if (isExternalIdTaken(team, view, shown?.id)) return refused("duplicate_external_id");
  const id = shown?.id ?? team.ids.next("V");
  const home: OpenView = {
    id,
    hash: freshHash(team),
    rootId: id,
    user,
    view: complete(team, view),
    values: {},
  };
  team.homes.set(user, home);
  team.glimpse({ user, view: home });
  return done(home);
}

/** Closes the view and those above it; `all` its whole stack. */
export function closeView(team: Team, viewId: string, all = false): void {
  const open = team.views.get(viewId);
  if (!open) return;
  const stack = [...team.views.values()].filter((other) => other.rootId === open.rootId);
  const from = all ? 0 : stack.indexOf(open);
  for (const closed of stack.slice(from)) team.views.delete(closed.id);
}

/** The top of the newest stack that this person has open. */
export function topView(team: Team, user: string): OpenView | undefined {
  return [...team.views.values()].findLast((open) => open.user === user);
}

function remember(team: Team, open: OpenView): OpenView {
  team.views.set(open.id, open);
  team.glimpse({ user: open.user, view: open });
  return open;
}

function complete(team: Team, view: View): View {
  return { ...view, blocks: withIds(team.ids, view.blocks) };
}

function freshHash(team: Team): string {
  return `${Math.floor(team.clock.now() / 1000)}.${team.ids.hex("view-hash", 8)}`;
}

function isExternalIdTaken(team: Team, view: View, except?: string): boolean {
  const wanted = view.external_id;
  if (wanted === undefined || wanted === "") return false;
  return [...team.views.values(), ...team.homes.values()].some(
    (open) => open.id !== except && open.view.external_id === wanted,
  );
}

function inputsOf(view: View): [string, string][] {
  const found: [string, string][] = [];
  for (const block of view.blocks) {
    if (block.block_id === undefined) continue;
    const elements = "element" in block ? [block.element] : "elements" in block ? block.elements : [];
    for (const element of elements) {
      if ("action_id" in element && element.action_id !== undefined) {
        found.push([block.block_id, element.action_id]);
      }
    }
  }
  return found;
}
