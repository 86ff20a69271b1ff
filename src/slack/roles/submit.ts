import { holderOf } from "../../domain/roles/state.ts";
import { roles } from "../../domain/vocab.ts";
import { somebody } from "../commands/mentioned.ts";
import type { Filled, Read } from "../modals/filled.ts";
import { fieldOf } from "../modals/inputs.ts";
import { namesIn } from "../room.ts";
import { takeCommandForm } from "./forms.ts";
import type { RolesForm } from "./ids.ts";

/** What a form of this folder asks for. */
export async function readRolesForm(form: RolesForm, filled: Filled): Promise<Read> {
  const { incident: number } = form;
  switch (form.form) {
    case "role":
      return readRole(number, filled);
    case "takeCommand": {
      const { to, from } = form;
      return { command: { type: "GiveRole", ...filled.by, incident: number, role: "commander", to, from } };
    }
    case "handover": {
      const to = fieldOf(filled.state, "to") ?? "";
      const whom = await somebody(filled.room, to);
      if ("sentence" in whom) return { faults: { to: whom.sentence } };
      return { command: { type: "OfferCommand", ...filled.by, incident: number, to } };
    }
    default:
      return form satisfies never;
  }
}

async function readRole(number: number, { room, by, state, incident }: Filled): Promise<Read> {
  const wanted = fieldOf(state, "role");
  const role = roles.find((each) => each === wanted);
  const to = fieldOf(state, "to");
  if (role === undefined) return { faults: { role: "Pick a role." } };
  if (to === null) return { faults: { to: "Pick a person." } };
  const whom = await somebody(room, to);
  if ("sentence" in whom) return { faults: { to: whom.sentence } };
  const from = incident && holderOf(incident.roles, "commander");
  const isOwn = by.actor.kind === "slack" && by.actor.user === from;
  if (incident && role === "commander" && from !== undefined && from !== to && !isOwn) {
    const names = await namesIn(room, `<@${to}><@${from}>`);
    return { next: takeCommandForm(incident, { to, from }, names) };
  }
  return { command: { type: "GiveRole", ...by, incident: number, role, to } };
}
