import { z } from "zod";
import { commandWords, incidentNumber } from "./id-shape.ts";
import { sourceSchema } from "../domain/opening/source.ts";
import { audiences, severities } from "../domain/vocab.ts";
import { actionItemsForms, actionItemsPresses } from "./action-items/ids.ts";
import { asksForms, asksPresses } from "./asks/ids.ts";
import { assessmentForms, assessmentPresses } from "./assessment/ids.ts";
import { audiencesPresses } from "./audiences/ids.ts";
import { addEntryForms, correctionsForms, correctionsPresses } from "./corrections/ids.ts";
import { endingForms, endingPresses } from "./ending/ids.ts";
import { escalationForms, escalationPresses } from "./escalation/ids.ts";
import { mitigationForms, mitigationPresses } from "./mitigation/ids.ts";
import { openingForms, openingPresses } from "./opening/ids.ts";
import { rolesForms, rolesPresses } from "./roles/ids.ts";
import { runbooksPresses } from "./runbooks/ids.ts";
import { sectionsForms, sectionsPresses } from "./sections/ids.ts";
import { troublesPresses } from "./troubles/ids.ts";

/**
 * Every `action_id` with its value, and every `callback_id` with its `private_metadata`, is made and read here. A message
 * keeps its buttons for years, so each id bears a version; what cannot be read any more is answered as stale.
 */
const version = "v1";

const command = z.enum(commandWords);
const incident = incidentNumber;
const due = z.number();

const pressSchema = z.discriminatedUnion("do", [
  z.object({ do: z.literal("PostDraft"), incident, due }),
  z.object({ do: z.literal("EditDraft"), incident, due }),
  z.object({ do: z.literal("Snooze"), incident, due }),
  z.object({ do: z.literal("UndoEntry"), incident, entry: z.string() }),
  z.object({ do: z.literal("OpenDeclare"), command, private: z.boolean().optional() }),
  z.object({ do: z.literal("OpenUpdate"), incident }),
  z.object({ do: z.literal("OpenResolve"), incident }),
  /** `to`: the severity that was asked for and wants a reason. */
  z.object({ do: z.literal("OpenSeverity"), incident, to: z.enum(severities).optional() }),
  z.object({ do: z.literal("OpenTitle"), incident }),
  z.object({ do: z.literal("Export"), incident }),
  z.object({ do: z.literal("ShowStatus"), incident }),
  z.object({ do: z.literal("ShowList"), command }),
  z.object({ do: z.literal("ShowHelp"), command, topic: z.string().nullable() }),
  /** Carries out a line as if it had been typed; `once` names the offer, so that a double click takes it up once. */
  z.object({ do: z.literal("Run"), command, line: z.string(), once: z.string() }),
  /** Opens in this channel what the line declares; `once` as above. */
  z.object({ do: z.literal("DeclareHere"), command, line: z.string(), once: z.string() }),
  ...rolesPresses,
  ...asksPresses,
  ...assessmentPresses,
  ...mitigationPresses,
  ...escalationPresses,
  ...runbooksPresses,
  ...correctionsPresses,
  ...endingPresses,
  ...actionItemsPresses,
  ...audiencesPresses,
  ...openingPresses,
  ...sectionsPresses,
  ...troublesPresses,
]);
export type Press = z.infer<typeof pressSchema>;

/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
const maxValue = 2000;

/** False for a line too long to travel in a button. */
export const fitsButton = (press: Press): boolean => JSON.stringify(press).length <= maxValue;

/** @param place tells apart buttons of one kind in one block, where an `action_id` may stand once */
export const pressId = (press: Press, place = 0): { action_id: string; value: string } => ({
  action_id: `sitrep.${version}.${press.do}.${place}`,
  value: JSON.stringify(press),
});

/** An entry of a menu holds what a button's value does: its press. */
const menu = "Menu";
export const menuId = (place = 0): { action_id: string } => ({
  action_id: `sitrep.${version}.${menu}.${place}`,
});
export const menuValue = (press: Press): string => JSON.stringify(press);

/** Undefined for what another version made, or somebody else. */
export function readPress(actionId: string, value: string | undefined): Press | undefined {
  const [app, made, verb] = actionId.split(".");
  if (app !== "sitrep" || made !== version) return undefined;
  const press = pressSchema.safeParse(readJson(value ?? ""));
  return press.success && (press.data.do === verb || verb === menu) ? press.data : undefined;
}

const formSchema = z.discriminatedUnion("form", [
  z.object({
    form: z.literal("declare"),
    /** The channel in which it is to be opened. */
    here: z.string().optional(),
    /** The channel from which it was asked. */
    declaredIn: z.string().optional(),
    /** The message that it begins with. */
    source: sourceSchema.optional(),
  }),
  z.object({
    form: z.literal("update"),
    incident,
    /** What the time fields were prefilled with, and when: a time left as it stood is no statement. */
    openedAt: z.number(),
    started: z.number(),
    nextUpdate: z.number().nullable(),
    /** The audiences whose texts it shows, each with the digest of what was filled in: left so, the template speaks. */
    shown: z.partialRecord(z.enum(audiences), z.string()).optional(),
  }),
  z.object({ form: z.literal("resolve"), incident, openedAt: z.number(), recoveredAt: z.number() }),
  z.object({ form: z.literal("severity"), incident }),
  z.object({ form: z.literal("title"), incident }),
  ...rolesForms,
  ...asksForms,
  ...assessmentForms,
  ...mitigationForms,
  ...escalationForms,
  ...correctionsForms,
  ...addEntryForms,
  ...endingForms,
  ...actionItemsForms,
  ...openingForms,
  ...sectionsForms,
]);
export type Form = z.infer<typeof formSchema>;
export type FormNamed<Name extends Form["form"]> = Extract<Form, { form: Name }>;

export const formId = (form: Form): { callback_id: string; private_metadata: string } => ({
  callback_id: `sitrep.${version}.${form.form}`,
  private_metadata: JSON.stringify(form),
});

export function readForm(callbackId: string, metadata: string): Form | undefined {
  const form = formSchema.safeParse(readJson(metadata));
  return form.success && callbackId === `sitrep.${version}.${form.data.form}` ? form.data : undefined;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
