import type { Rules } from "../rules.ts";

/** Something of Slack's that the configuration names, and where: only Slack knows whether it is there. */
export interface SlackName {
  kind: "user" | "group" | "channel";
  /** Id; of groups and channels, or their name. */
  name: string;
  /** `escalation.default.steps` */
  key: string;
}

/** Everybody and everything in Slack that the configuration names, each once a key. */
export function slackNames(rules: Rules): SlackName[] {
  const { channels, severities, audiences, services, onCall, escalation, phones } = rules;
  const users = (key: string, ids: readonly string[]) =>
    ids.map((name): SlackName => ({ kind: "user", name, key }));
  const channel = (key: string, name: string): SlackName => ({ kind: "channel", name, key });
  const all = [
    ...(channels.announcements === null ? [] : [channel("channels.announcements", channels.announcements)]),
    ...Object.entries(severities).flatMap(([name, { invite }]) => users(`severities.${name}.invite`, invite)),
    ...Object.entries(audiences).map(([name, told]) => channel(`audiences.${name}.channel`, told.channel)),
    ...Object.entries(services).flatMap(([name, { owners }]) => users(`services.${name}.owners`, owners)),
    ...Object.entries(onCall).flatMap(([name, { people, overrides }]) => [
      ...users(`onCall.${name}.people`, people),
      ...users(
        `onCall.${name}.overrides`,
        overrides.map(({ person }) => person),
      ),
    ]),
    ...Object.entries(escalation).flatMap(([policy, { steps }]) =>
      steps.flatMap(({ notify }) =>
        notify.flatMap(({ kind, name }): SlackName[] =>
          kind === "oncall" || kind === "webhook" ? [] : [{ kind, name, key: `escalation.${policy}.steps` }],
        ),
      ),
    ),
    ...users("phones", Object.keys(phones)),
  ];
  const seen = new Set<string>();
  return all.filter(({ kind, name, key }) => {
    const told = `${kind} ${name} ${key}`;
    return !seen.has(told) && seen.add(told);
  });
}
