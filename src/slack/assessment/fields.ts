import { createHash } from "node:crypto";
import { z } from "zod";
import { clockField } from "../modals/clock-field.ts";
import { limits, shorten } from "../views/limits.ts";
import { plainWords } from "../text.ts";
import type { ViewModel } from "../views/model.ts";

/** What the fields of the form are filled with, as they are read again: choices by their words, texts as they are shown. */
export function filledFields({ incident, rules, now, names }: ViewModel): Record<string, string> {
  const { userImpact, businessImpact, scope, trend } = incident.assessment;
  const shown = (words: Parameters<typeof plainWords>[0] | undefined) => {
    const plain = plainWords(words ?? null, names);
    return plain ? shorten(plain, limits.inputValue).trim() : "";
  };
  return {
    userImpact: userImpact?.answer ?? "",
    users: userImpact?.users === null || userImpact === null ? "" : String(userImpact.users),
    said: shown(userImpact?.said),
    businessImpact: businessChoices(businessImpact?.answers ?? null).join(),
    amount: shown(businessImpact?.amount),
    businessSaid: shown(businessImpact?.said),
    scope: scope?.answer ?? "",
    trend: trend?.answer ?? "",
    since: trend?.since ? clockField(trend.since, rules.timezone, now) : "",
  };
}

/** Ticked by who knows that there is none; nothing ticked says nothing. */
export const noBusinessImpact = "none";

const businessChoices = (answers: readonly string[] | null): readonly string[] =>
  answers?.length === 0 ? [noBusinessImpact] : (answers ?? []);

/** Tells two contents of a field apart, in little room. */
export const print = (content: string): string =>
  content === "" ? "" : createHash("sha256").update(content).digest("base64url").slice(0, 12);

/** Services that travel along with the form. https://docs.slack.dev/reference/views allows 3000 characters in all. */
const mostServiceText = 1500;
export const portable = (services: readonly string[]): string[] | null =>
  JSON.stringify(services).length <= mostServiceText ? [...services] : null;

const countPattern =
  /^(?:~|≈|about|around|ca\.?)?\s*(\d{1,3}(?:[,.' \u00a0]\d{3})+|\d+(?:\.\d+)?(?=\s*[km])|\d+)\s*([km])?\s*(?:users|people)?$/i;
const units: Readonly<Record<string, number>> = { k: 1000, m: 1_000_000 };
const countSchema = z.number().int().max(20_000_000_000);

/** A number of users as people write it: `500`, `~1,200`, `1.5k`. */
export function readCount(typed: string): { count: number } | { fault: string } {
  const [, digits = "", unit = ""] = countPattern.exec(typed.trim()) ?? [];
  const written = unit === "" ? digits.replaceAll(/\D/g, "") : digits.replaceAll(/[,' \u00a0]/g, "");
  const count = countSchema.safeParse(Math.round(Number(written) * (units[unit.toLowerCase()] ?? 1)));
  return digits !== "" && count.success
    ? { count: count.data }
    : { fault: `“${typed.trim()}” is no number of users: write 500, or 1,200.` };
}
