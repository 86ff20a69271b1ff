import { isRolesPress, type RolesPress } from "../roles/ids.ts";
import { onRolesPress } from "../roles/press.ts";
import { isAsksPress, type AsksPress } from "../asks/ids.ts";
import { onAsksPress } from "../asks/press.ts";
import { isAssessmentPress, type AssessmentPress } from "../assessment/ids.ts";
import { onAssessmentPress } from "../assessment/press.ts";
import { isMitigationPress, type MitigationPress } from "../mitigation/ids.ts";
import { onMitigationPress } from "../mitigation/press.ts";
import { isEscalationPress, type EscalationPress } from "../escalation/ids.ts";
import { onEscalationPress } from "../escalation/press.ts";
import { isRunbooksPress, type RunbooksPress } from "../runbooks/ids.ts";
import { onRunbooksPress } from "../runbooks/press.ts";
import { isCorrectionsPress, type CorrectionsPress } from "../corrections/ids.ts";
import { onCorrectionsPress } from "../corrections/press.ts";
import { isEndingPress, type EndingPress } from "../ending/ids.ts";
import { onEndingPress } from "../ending/press.ts";
import { isActionItemsPress, type ActionItemsPress } from "../action-items/ids.ts";
import { onActionItemsPress } from "../action-items/press.ts";
import { isAudiencesPress, type AudiencesPress } from "../audiences/ids.ts";
import { onAudiencesPress } from "../audiences/press.ts";
import { isOpeningPress, type OpeningPress } from "../opening/ids.ts";
import { onOpeningPress } from "../opening/press.ts";
import { isSectionsPress, type SectionsPress } from "../sections/ids.ts";
import { onSectionsPress } from "../sections/press.ts";
import { isTroublesPress, type TroublesPress } from "../troubles/ids.ts";
import { onTroublesPress } from "../troubles/press.ts";
import type { SlackRoom } from "../room.ts";
import type { PressAnswer, Pressed } from "./pressed.ts";

/** The buttons that a folder of its own answers. */
export type PartPress =
  | RolesPress
  | AsksPress
  | AssessmentPress
  | MitigationPress
  | EscalationPress
  | RunbooksPress
  | CorrectionsPress
  | EndingPress
  | ActionItemsPress
  | AudiencesPress
  | OpeningPress
  | SectionsPress
  | TroublesPress;

/** Each folder answers its own buttons, before they are acknowledged. */
export async function onPart(room: SlackRoom, pressed: Pressed, press: PartPress): Promise<PressAnswer> {
  if (isRolesPress(press)) return onRolesPress(room, pressed, press);
  if (isAsksPress(press)) return onAsksPress(room, pressed, press);
  if (isAssessmentPress(press)) return onAssessmentPress(room, pressed, press);
  if (isMitigationPress(press)) return onMitigationPress(room, pressed, press);
  if (isEscalationPress(press)) return onEscalationPress(room, pressed, press);
  if (isRunbooksPress(press)) return onRunbooksPress(room, pressed, press);
  if (isCorrectionsPress(press)) return onCorrectionsPress(room, pressed, press);
  if (isEndingPress(press)) return onEndingPress(room, pressed, press);
  if (isActionItemsPress(press)) return onActionItemsPress(room, pressed, press);
  if (isAudiencesPress(press)) return onAudiencesPress(room, pressed, press);
  if (isOpeningPress(press)) return onOpeningPress(room, pressed, press);
  if (isSectionsPress(press)) return onSectionsPress(room, pressed, press);
  if (isTroublesPress(press)) return onTroublesPress(room, pressed, press);
  return press satisfies never;
}
