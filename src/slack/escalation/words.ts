import type { Target } from "../../domain/escalation/state.ts";
import { onDuty } from "../../domain/policy/on-call.ts";
import { nameOf } from "../text.ts";
import type { ViewModel } from "../views/model.ts";

/** `@alice`, without a mention. */
export const person = ({ names }: ViewModel, user: string): string => nameOf({ kind: "slack", user }, names);

/** Whom targets stand for at an instant, in words without a mention. */
export const targetsText = (model: ViewModel, targets: readonly Target[], at: number): string =>
  targets.map((target) => targetText(model, target, at)).join(", ");

function targetText(model: ViewModel, { kind, name }: Target, at: number): string {
  switch (kind) {
    case "user":
      return person(model, name);
    case "oncall": {
      const rotation = Object.hasOwn(model.rules.onCall, name) ? model.rules.onCall[name] : undefined;
      const user = rotation ? onDuty(rotation, at) : null;
      return user === null ? `on call: ${name}` : `${person(model, user)} (on call: ${name})`;
    }
    case "group":
      return `group ${name}`;
    case "channel":
      return `#${name}`;
    case "webhook":
      return `webhook ${name}`;
    default:
      return kind satisfies never;
  }
}
