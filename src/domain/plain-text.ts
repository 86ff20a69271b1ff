import { legible, unescapeText } from "./words.ts";

/** Slack user id -> the name that people write after `@`. */
export type Names = ReadonlyMap<string, string>;

/** Stored words as plain text: people and channels by name, links as their label and address, nothing that Slack would act upon. */
export function plain(stored: string, names: Names): string {
  const read = stored.replaceAll(/<([^<>]+)>|[^<]+|</g, (part, token: string | undefined) =>
    token === undefined ? unescapeText(part) : readToken(token, names),
  );
  return legible(read);
}

function readToken(token: string, names: Names): string {
  const bar = token.indexOf("|");
  const target = bar < 0 ? token : token.slice(0, bar);
  const label = bar < 0 ? "" : unescapeText(token.slice(bar + 1));
  if (target.startsWith("@")) return `@${names.get(target.slice(1)) ?? (label || target.slice(1))}`;
  if (target.startsWith("#")) return `#${label || target.slice(1)}`;
  if (target.startsWith("!")) return label || `@${target.slice(1).split("^")[0]}`;
  const address = unescapeText(target).replace(/^mailto:/, "");
  return label === "" || label === address ? address : `${label} (${address})`;
}
