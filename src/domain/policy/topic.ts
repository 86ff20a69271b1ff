import type { Incident } from "../incident.ts";

/** Separates what Sitrep keeps up to date from what people wrote. */
const divider = " ‖ ";

// https://docs.slack.dev/reference/methods/conversations.setTopic
const longestTopic = 250;

/** `SEV2 · MITIGATING · commander @alice`, and behind it what people wrote into `before`, as far as there is room. */
export function topicOf(
  { severity, status, provisional, drill }: Pick<Incident, "severity" | "status" | "provisional" | "drill">,
  commander: string | undefined,
  before: string,
): string {
  const own = [
    ...(drill ? ["DRILL"] : []),
    `${severity}${provisional ? " (provisional)" : ""}`,
    status,
    commander === undefined ? "no commander" : `commander @${commander}`,
  ].join(" · ");
  const at = before.indexOf(divider.trim());
  const theirs = at < 0 ? before.trim() : before.slice(at + 1).trim();
  const isOwn = at < 0 && before.includes(" · ") && /^(?:DRILL · )?SEV[1-4]/.test(before);
  const topic = theirs === "" || isOwn ? own : `${own}${divider}${theirs}`;
  return [...topic].slice(0, longestTopic).join("");
}
