import type { Incident } from "../incident.ts";
import type { Likeness, Similar } from "../opening/state.ts";
import { type Words, unescapeText } from "../words.ts";

/** Another open incident, as far as telling whether this one is the same takes it. */
export interface OpenIncident {
  number: number;
  title: Words;
  services: string[];
  declaredAt: number;
  channel: string | null;
  private: boolean;
  drill: boolean;
}

/** Declared so short a time ago, two incidents may be one. */
const recent = 10 * 60_000;

/** Share of the shorter title's parts that the other one has as well. */
const alike = 0.6;

/** The likeliest first. */
const rank: readonly Likeness[] = ["service", "words", "time"];

/**
 * The open incident that a new one may be the same as. A private one is never named, nor is anything named in one: whoever
 * merged them would tell of it. Drills are compared with drills.
 */
export function mostSimilar(
  declared: Pick<Incident, "number" | "title" | "services" | "declaredAt" | "private" | "drill">,
  others: readonly OpenIncident[],
): Similar | null {
  if (declared.private) return null;
  const found = others
    .filter((other) => other.number !== declared.number && !other.private && other.drill === declared.drill)
    .flatMap((other) => {
      const because = likenessOf(declared, other);
      return because ? [{ other, because }] : [];
    })
    .toSorted(
      (one, two) =>
        rank.indexOf(one.because) - rank.indexOf(two.because) || two.other.declaredAt - one.other.declaredAt,
    );
  const [best] = found;
  if (!best) return null;
  const { number: of, title, channel, declaredAt } = best.other;
  return { of, title, channel, declaredAt, because: best.because };
}

function likenessOf(
  { title, services, declaredAt }: Pick<Incident, "title" | "services" | "declaredAt">,
  other: OpenIncident,
): Likeness | null {
  const mine = new Set(services.map((service) => service.toLowerCase()));
  if (other.services.some((service) => mine.has(service.toLowerCase()))) return "service";
  if (isAlike(title.body ?? "", other.title.body ?? "")) return "words";
  const apart = declaredAt - other.declaredAt;
  return apart >= 0 && apart < recent ? "time" : null;
}

/** What so many incidents are called that it tells none from another. */
const common = new Set(
  `a an and are at broken by cannot degraded down error errors fail failed failing failure failures fails for from
  high in incident is issue issues it not of on or our outage problem problems returns sev1 sev2 sev3 sev4 slow the
  timeout timeouts to unavailable unreachable up users we with working`
    .split(/\s+/)
    .filter((word) => word !== ""),
);

/** Whether two titles speak of the same, whatever the order, endings and slips of their words. */
export function isAlike(one: string, other: string): boolean {
  const [mine, theirs] = [partsOf(one), partsOf(other)];
  const shared = [...mine].filter((part) => theirs.has(part)).length;
  return shared > 0 && shared / Math.min(mine.size, theirs.size) >= alike;
}

/** Each three letters in a row of each word that says something; of shorter words, all of them. */
function partsOf(title: string): Set<string> {
  const read = unescapeText(title.replaceAll(/<[^>|]*\|([^>]*)>/g, "$1"));
  const words = read.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return new Set(
    words.filter((word) => !common.has(word) && !/^\d$/.test(word)).flatMap((word) => threesOf(word)),
  );
}

const threesOf = (word: string): string[] =>
  word.length <= 3 ? [word] : Array.from({ length: word.length - 2 }, (_, at) => word.slice(at, at + 3));
