import anyAscii from "any-ascii";
import slugify from "@sindresorhus/slugify";
import type { CommandNamed } from "../command.ts";
import { type Decision, refuse } from "../decision.ts";
import { reference } from "../incident.ts";
import { speaksOutside } from "../policy/visibility.ts";
import { commandVacant } from "../roles/vacant.ts";
import { firstUpdateDue } from "../policy/update-clock.ts";
import type { Rules } from "../rules.ts";
import { formatDay } from "../time.ts";
import { isBlank, unescapeText } from "../words.ts";

// https://docs.slack.dev/reference/methods/conversations.create
const longestChannelName = 80;

export function declare(rules: Rules, command: CommandNamed<"Declare">): Decision {
  const { at, actor, number, title } = command;
  if (title.body === null || isBlank(title.body))
    return refuse("no_title", "An incident needs a title: what do people see?", "title");
  const { here } = command;
  if (here?.taken !== undefined) {
    const where = `${reference(here.taken)} is open in this channel already, so nothing was declared.`;
    return refuse(
      "channel_taken",
      `${where} Declare without \`--here\`: the new one gets a channel of its own.`,
    );
  }
  const { askAgainAfter } = rules.assessment;
  const marks = { private: command.private ?? false, drill: command.drill ?? false };
  const severity = command.severity ?? rules.defaultSeverity;
  return {
    events: [
      {
        type: "IncidentDeclared",
        at,
        actor,
        data: {
          number,
          title,
          severity,
          provisional: command.severity === null,
          channelName: here?.name ?? channelName(rules, { number, severity, at, title: title.body }),
          announce: rules.channels.announcements !== null && speaksOutside(marks),
          ...marks,
          services: command.services ?? [],
          impact: command.impact ?? null,
          ...(here && { here: { channel: here.channel, name: here.name } }),
          template: rules.updates.template,
          nextUpdate: firstUpdateDue(rules, severity, at),
          askAgainAt: askAgainAfter === null ? null : at + askAgainAfter,
        },
      },
      commandVacant(rules, at),
    ],
    answer: { type: "Declared", number },
  };
}

/** `inc-42-checkout-500s`: at most 80 characters, lower case, any script transliterated, never empty. */
export function channelName(
  { channels, timezone }: Rules,
  { number, severity, at, title }: { number: number; severity: string; at: number; title: string },
): string {
  const slug = slugOf(unescapeText(title.replaceAll(/<[^>|]*\|([^>]*)>/g, "$1"))) || "incident";
  const fill = (slugPart: string) =>
    channels.naming
      .replaceAll("{n}", String(number))
      .replaceAll("{date}", formatDay(at, timezone))
      .replaceAll("{sev}", severity.toLowerCase())
      .replaceAll("{slug}", slugPart);
  const room = Math.max(0, longestChannelName - fill("").length);
  return (
    slugOf(fill(slug.slice(0, room)))
      .slice(0, longestChannelName)
      .replace(/-+$/, "") || `inc-${number}`
  );
}

const slugOf = (text: string): string =>
  slugify(anyAscii(text), { decamelize: false, preserveCharacters: ["_"] });
