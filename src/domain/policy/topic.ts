import type { Incident } from "../incident.ts";
import { statuses } from "../vocab.ts";

/** Before it stands what Sitrep keeps up to date, behind it what people write. */
const divider = "‖";

/** UTF-16 units: https://docs.slack.dev/reference/methods/conversations.setTopic */
const longestTopic = 250;

/** What Sitrep writes, where somebody has taken its divider away. */
const own = new RegExp(
  `^(?:DRILL · )?SEV[1-4](?: \\(provisional\\))? · (?:${statuses.join("|")})(?: · (?:no commander|commander @\\S+))?`,
);

/**
 * `SEV2 · MITIGATING · commander @alice ‖`, and behind it what people wrote. The divider is always there, so that whatever
 * stands behind it, or in a topic without it, is theirs. Null where their words leave no room: they are never cut.
 */
export function topicOf(
  { severity, status, provisional, drill }: Pick<Incident, "severity" | "status" | "provisional" | "drill">,
  /** Their name; null: nobody has command. */
  commander: string | null,
  before: string,
): string | null {
  const short = [
    ...(drill ? ["DRILL"] : []),
    `${severity}${provisional ? " (provisional)" : ""}`,
    status,
  ].join(" · ");
  const name = commander?.replaceAll(/[‖\s]+/g, " ").trim();
  const whole = `${short} · ${name === undefined ? "no commander" : `commander @${name}`}`;
  const at = before.indexOf(divider);
  const theirs = (at < 0 ? before.replace(own, "") : before.slice(at + divider.length)).trim();
  const topics = [whole, short].map((each) => `${each} ${divider} ${theirs}`.trim());
  return topics.find((topic) => topic.length <= longestTopic) ?? null;
}
