import type { View } from "@slack/types";
import { maxViewBytes, viewBytes } from "../block-kit/view.ts";
import { type ArgSpec, text } from "./args.ts";
import type { Call, MethodRow, Refusal } from "./contract.ts";

const view: ArgSpec = { type: "json", required: true };

const open: MethodRow = {
  tier: 4,
  token: "bot",
  scopes: {},
  json: true,
  args: { trigger_id: { type: "text", required: true }, view },
  errors: [
    "duplicate_external_id",
    "exchanged_trigger_id",
    "expired_trigger_id",
    "invalid_trigger_id",
    "view_too_large",
  ],
  source: "https://docs.slack.dev/reference/methods/views.open",
  run(call) {
    const wanted = readModal(call);
    if (!wanted.ok) return wanted;
    const redeemed = call.triggers.redeem(call.args.text("trigger_id"));
    if (!redeemed.ok) return redeemed;
    const opened = call.state.openView(redeemed.user, wanted.value);
    return opened.ok ? { ok: true, view: call.state.viewShape(opened.value) } : opened;
  },
};

const update: MethodRow = {
  tier: 4,
  token: "bot",
  scopes: {},
  json: true,
  args: { view, view_id: text, external_id: text, hash: text },
  errors: ["duplicate_external_id", "hash_conflict", "not_found", "view_too_large"],
  source: "https://docs.slack.dev/reference/methods/views.update",
  run(call) {
    const wanted = readModal(call);
    if (!wanted.ok) return wanted;
    const externalId = call.args.maybeText("external_id");
    const id =
      call.args.maybeText("view_id") ??
      [...call.state.views.values()].find((shown) => shown.view.external_id === externalId)?.id;
    if (id === undefined && externalId === undefined) return { ok: false, error: "invalid_arguments" };
    const updated = call.state.updateView(id ?? "", wanted.value, call.args.maybeText("hash"));
    return updated.ok ? { ok: true, view: call.state.viewShape(updated.value) } : updated;
  },
};

const push: MethodRow = {
  tier: 4,
  token: "bot",
  scopes: {},
  json: true,
  args: { trigger_id: { type: "text", required: true }, view },
  errors: [
    "duplicate_external_id",
    "exchanged_trigger_id",
    "expired_trigger_id",
    "invalid_trigger_id",
    "not_found",
    "push_limit_reached",
    "view_too_large",
  ],
  source: "https://docs.slack.dev/reference/methods/views.push",
  run(call) {
    const wanted = readModal(call);
    if (!wanted.ok) return wanted;
    const redeemed = call.triggers.redeem(call.args.text("trigger_id"));
    if (!redeemed.ok) return redeemed;
    const below = call.state.topView(redeemed.user);
    const pushed = call.state.pushView(below?.id ?? "", wanted.value);
    return pushed.ok ? { ok: true, view: call.state.viewShape(pushed.value) } : pushed;
  },
};

const publish: MethodRow = {
  tier: 4,
  token: "bot",
  scopes: {},
  json: true,
  args: { user_id: { type: "text", required: true }, view, hash: text },
  errors: ["duplicate_external_id", "hash_conflict", "not_enabled", "view_too_large"],
  source: "https://docs.slack.dev/reference/methods/views.publish",
  run(call) {
    const wanted = readView(call, "home");
    if (!wanted.ok) return wanted;
    const user = call.args.text("user_id");
    if (!call.state.person(user)) return refusedWith(["[ERROR] invalid user id [json-pointer:/user_id]"]);
    const published = call.state.publishHome(user, wanted.value, call.args.maybeText("hash"));
    return published.ok ? { ok: true, view: call.state.viewShape(published.value) } : published;
  },
};

/** A wrong view answers invalid_arguments, with the reasons in `response_metadata.messages`. */
function readModal(call: Call): { ok: true; value: View } | Refusal {
  return readView(call, "modal");
}

function readView(call: Call, type: "modal" | "home"): { ok: true; value: View } | Refusal {
  const given = call.args.json("view");
  if (viewBytes(given) > maxViewBytes) return { ok: false, error: "view_too_large" };
  const messages = call.validateView(given);
  if (messages.length > 0) return refusedWith(messages);
  if (!isView(given, type)) return refusedWith([`[ERROR] must be a ${type} [json-pointer:/view/type]`]);
  return { ok: true, value: given };
}

function refusedWith(messages: string[]): Refusal {
  return { ok: false, error: "invalid_arguments", response_metadata: { messages } };
}

// The validator has checked the rest.
function isView(value: unknown, type: "modal" | "home"): value is View {
  return typeof value === "object" && value !== null && "type" in value && value.type === type;
}

export const views = {
  "views.open": open,
  "views.push": push,
  "views.update": update,
  "views.publish": publish,
};
