import { type Incident, reference } from "../../domain/incident.ts";
import type { Mitigation } from "../../domain/mitigation/state.ts";
import { waysOut } from "../../domain/runbooks/document.ts";
import { mitigationNames, type MitigationOption, mitigationOptions } from "../../domain/vocab.ts";
import type { CommandWord } from "../id-shape.ts";
import { code, type Names, plainWords, safe } from "../text.ts";
import { limits, type Message, shortenLabel } from "../views/limits.ts";
import { buttons, type Offer, sentence } from "../views/parts.ts";
import { reply } from "../views/reply.ts";
import type { MitigationStageChoice } from "./ids.ts";

/** Each option's guidance in a line. */
const guidance: Readonly<Record<MitigationOption, string>> = {
  rollback: "the safest and fastest: back to the last version that worked.",
  flag: "switch off what is new, without a deployment.",
  routing: "away from the region, host or version that fails.",
  degradation: "switch off or simplify what is not essential, keep the rest up.",
  fix: "the last resort: new code under pressure. Why not roll back?",
};

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
export const optionLabel = (option: MitigationOption): string => capital(mitigationNames[option]);

/** What a runbook may add to the five, so that the answer stays readable. */
const mostWaysOut = 8;

/** The five options in their order, and what posted runbooks name. */
export function optionsView(
  { number, status, runbooks }: Incident,
  { command, stage, note }: { command: CommandWord; stage?: MitigationStageChoice; note?: string },
): Message {
  const asked = stage === undefined ? {} : { stage };
  const offers = mitigationOptions.map((option, index): Offer => ({
    label: optionLabel(option),
    press: { do: "OpenMitigation", incident: number, option, ...asked },
    ...(index === 0 && { style: "primary" }),
  }));
  const lines = mitigationOptions.map(
    (option, index) => `${index + 1}. *${optionLabel(option)}*: ${guidance[option]}`,
  );
  const head = `${note ? `${note}\n` : ""}*Stop the bleeding of ${reference(number)}, understand later.* ${status === "RESOLVED" ? "" : "What is it?"}`;
  const posted = runbooks.posted.flatMap(({ name, sections }) =>
    waysOut(sections).map((what) => ({ name, what })),
  );
  const listed = posted.slice(0, mostWaysOut);
  const named = [...new Set(listed.map(({ name }) => name))];
  return {
    text: safe(`Ways to stop the bleeding of ${reference(number)}`),
    blocks: [
      sentence([head.trim(), ...lines].join("\n")),
      ...buttons(offers),
      ...(listed.length === 0
        ? []
        : [
            sentence(safe(`From the runbook ${named.join(", ")}:`)),
            ...buttons(
              listed.map(({ what }) => ({
                label: what,
                press: {
                  do: "OpenMitigation",
                  incident: number,
                  ...optional(optionOf(what)),
                  what: shortenLabel(what, 300),
                  ...asked,
                },
              })),
            ),
          ]),
      sentence(`Any other decision: ${code(`${command} decide TEXT`)}`),
      ...buttons([
        { label: "Record a decision", press: { do: "OpenDecision", incident: number } },
        { label: "Runbooks", press: { do: "ListRunbooks", incident: number, command } },
      ]),
    ],
  };
}

const optional = (option: MitigationOption | undefined) => (option === undefined ? {} : { option });

const namedBy: readonly [RegExp, MitigationOption][] = [
  [/\b(?:roll(?:ing)?[ -]?back|revert)/i, "rollback"],
  [/\b(?:feature )?flags?\b/i, "flag"],
  [/\b(?:rout(?:e|ing)|traffic|fail[ -]?over)\b/i, "routing"],
  [/\b(?:degrad\w*|shed|queue)\b/i, "degradation"],
  [/\b(?:hot[ -]?fix|patch|fix)\b/i, "fix"],
];

/** The option that words name; undefined: the form asks. */
const optionOf = (words: string): MitigationOption | undefined =>
  namedBy.find(([pattern]) => pattern.test(words))?.[1];

/** `mitigate rollback payment service`: the option, and what is left as what exactly. */
export function readMitigate(rest: string): { option: MitigationOption; what: string } | undefined {
  const [, word = "", what = ""] =
    /^(roll[ -]?back|revert|feature[ -]flag(?: off)?|flag(?: off)?|traffic routing|routing|graceful degradation|degradation|degrade|emergency fix|hotfix|fix)\b[:,]?\s*([\s\S]*)$/i.exec(
      rest,
    ) ?? [];
  const option = word === "" ? undefined : (optionOf(word) ?? undefined);
  return option && { option, what };
}

/** Which one worked: those tried, newest first, or what else it was. Null: that is recorded already. */
export function whichWorked(incident: Incident, names: Names, command: CommandWord): Message | null {
  const { tried } = incident.mitigation;
  if (tried.some(({ result }) => result === "worked")) return null;
  if (tried.length === 0)
    return optionsView(incident, {
      command,
      stage: "worked",
      note: "No mitigation is recorded: what worked?",
    });
  const { number } = incident;
  return reply(`Which mitigation of ${reference(number)} worked?`, [
    ...tried
      .slice(-5)
      .toReversed()
      .map((one): Offer => ({
        label: labelOf(one, names),
        press: { do: "FinishMitigation", incident: number, mitigation: one.id, result: "worked" },
      })),
    { label: "Another one", press: { do: "ShowMitigations", incident: number, command, stage: "worked" } },
  ]);
}

export const labelOf = ({ option, what }: Mitigation, names: Names): string =>
  shortenLabel(`${optionLabel(option)}: ${plainWords(what, names) ?? ""}`, limits.button);
