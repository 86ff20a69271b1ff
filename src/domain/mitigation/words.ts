import type { Incident } from "../incident.ts";
import type { MitigationOption, MitigationResult } from "../vocab.ts";
import { type Words, words } from "../words.ts";
import type { Mitigation } from "./state.ts";

interface Wording {
  doing: string;
  done: string;
  /** Stands before what exactly. */
  join: string;
  /** How people begin who name the option again: it is said once. */
  opening?: RegExp;
}

const wordings: Readonly<Record<MitigationOption, Wording>> = {
  rollback: {
    doing: "Rolling back",
    done: "Rolled back",
    join: " ",
    opening: /^(?:roll(?:ing)?[ -]?back|revert(?:ing)?)[:\s]+(?=\S)/i,
  },
  flag: {
    doing: "Switching off",
    done: "Switched off",
    join: " ",
    opening: /^(?:(?:switch|turn)(?:ing)? off|disabl(?:e|ing))[:\s]+(?=\S)/i,
  },
  routing: {
    doing: "Routing traffic",
    done: "Routed traffic",
    join: ": ",
    opening: /^(?:re)?rout(?:e|ing)[\s-]+traffic[:\s]+(?=\S)/i,
  },
  degradation: { doing: "Degrading gracefully", done: "Degraded gracefully", join: ": " },
  fix: { doing: "Emergency fix", done: "Emergency fix", join: ": " },
};

function phrase(option: MitigationOption, how: "doing" | "done", what: Words): string {
  const wording = wordings[option];
  const said = (what.body ?? "(erased)").trim();
  const [opening = ""] = wording.opening?.exec(said) ?? [];
  return `${wording[how]}${opening === "" ? wording.join : " "}${said.slice(opening.length)}`;
}

const outcomes: Readonly<Record<MitigationResult, string>> = {
  worked: "worked",
  didNot: "did not work",
  abandoned: "abandoned",
};
export const outcomeOf = (result: MitigationResult): string => outcomes[result];

type Told = Pick<Mitigation, "id" | "option" | "what">;

/** `Rolling back payment service to v2.3.1`: the current action while it runs. */
export const runningAction = ({ id, option, what }: Told): Words =>
  words(`${id}:running`, phrase(option, "doing", what));

/** `Rolled back payment service to v2.3.1 (worked)` */
export const finishedAction = ({ id, option, what }: Told, result: MitigationResult): Words =>
  words(
    `${id}:${result}`,
    `${phrase(option, result === "abandoned" ? "doing" : "done", what)} (${outcomes[result]})`,
  );

/** `Rolled back payment service to v2.3.1`: what fixed it, as it can be proposed. */
export const doneWith = ({ option, what }: Told): string => phrase(option, "done", what);

/** The mitigation that the current action tells of, unless an update has said otherwise since. */
export function actedUpon({ currentAction, mitigation }: Incident): Mitigation | undefined {
  if (currentAction === null) return undefined;
  return mitigation.tried.find(({ id }) => currentAction.words.startsWith(`${id}:`));
}

/** When the last thing about it happened. */
export const lastActAt = ({ decidedAt, startedAt, finishedAt, stillRunning }: Mitigation): number =>
  Math.max(decidedAt ?? 0, startedAt ?? 0, finishedAt ?? 0, stillRunning?.at ?? 0);
