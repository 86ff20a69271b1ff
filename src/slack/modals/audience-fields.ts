import { createHash } from "node:crypto";
import type { InputBlock } from "@slack/types";
import type { Incident } from "../../domain/incident.ts";
import { renderAudienceLines } from "../../domain/policy/audience-text.ts";
import { speaksOutside } from "../../domain/policy/visibility.ts";
import type { Rules } from "../../domain/rules.ts";
import type { UpdateLines } from "../../domain/update.ts";
import { type Audience, audiences } from "../../domain/vocab.ts";
import { escapeText, type Words } from "../../domain/words.ts";
import { newWords } from "../room.ts";
import { plain } from "../text.ts";
import type { Filled } from "./filled.ts";
import { fieldOf, textInput } from "./inputs.ts";

type Shown = Partial<Record<Audience, string>>;

/** Whom an update of the incident goes to besides. */
export const audiencesOf = ({ audiences: ruled }: Rules, incident: Incident): Audience[] =>
  speaksOutside(incident)
    ? audiences.filter((audience) => ruled[audience]?.severities.includes(incident.severity))
    : [];

const names: Readonly<Record<Audience, string>> = { support: "Support", management: "Management" };
const fieldName = (audience: Audience): string => `audience-${audience}`;
const digest = (text: string): string => createHash("sha256").update(text.trim()).digest("hex").slice(0, 16);

/** A field for each audience with what its template gives, and the digests by which an untouched one is known. */
export function audienceFields(
  { room, incident, names: people, by }: Pick<Filled, "room" | "names" | "by"> & { incident: Incident },
  lines: UpdateLines,
): { blocks: InputBlock[]; shown: Shown } {
  const { rules } = room.handling;
  const texts = audiencesOf(rules, incident).map((audience) => {
    const { channel = "", template = "" } = rules.audiences[audience] ?? {};
    const rendered = renderAudienceLines(incident, lines, template, rules.timezone, by.at);
    return { audience, channel, text: rendered.map((line) => plain(line, people)).join("\n") };
  });
  return {
    blocks: texts.map(({ audience, channel, text }) =>
      textInput({
        field: fieldName(audience),
        label: `${names[audience]} (#${channel}) will read`,
        initial: text,
        hint: "Empty it to leave them out this time.",
        multiline: true,
      }),
    ),
    shown: Object.fromEntries(texts.map(({ audience, text }) => [audience, digest(text)])),
  };
}

/** What was written for them; one left as it was filled in is not among it, so that it follows the five lines. */
export function readAudiences(
  { room, state }: Filled,
  shown: Shown,
): Partial<Record<Audience, Words | null>> {
  const edited = audiences.flatMap((audience): [Audience, Words | null][] => {
    const was = shown[audience];
    if (was === undefined) return [];
    const typed = fieldOf(state, fieldName(audience));
    if (typed === null) return [[audience, null]];
    return digest(typed) === was ? [] : [[audience, newWords(room, escapeText(typed))]];
  });
  return Object.fromEntries(edited);
}
