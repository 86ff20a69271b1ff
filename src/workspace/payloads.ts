import type { StateValue } from "./form.ts";
import type { Control } from "./controls.ts";
import type { Channel, Installation, Person, WorkspaceMessage } from "./model.ts";
import { escaped } from "./plain-text.ts";
import type { WorkspaceState } from "./state.ts";

type Payload = Record<string, unknown>;

/** What every interaction payload begins with (docs.slack.dev/reference/interaction-payloads). */
export function basePayload(installation: Installation, person: Person): Payload {
  return {
    team: { id: installation.teamId, domain: installation.teamDomain },
    user: { id: person.id, username: person.name, name: person.name, team_id: installation.teamId },
    api_app_id: installation.appId,
    token: "verification-token",
    is_enterprise_install: false,
    enterprise: null,
  };
}

/** Form fields of a slash command (docs.slack.dev/interactivity/implementing-slash-commands). */
export function commandPayload(
  installation: Installation,
  person: Person,
  channel: Channel,
  words: { command: string; text: string },
): Payload {
  return {
    token: "verification-token",
    team_id: installation.teamId,
    team_domain: installation.teamDomain,
    channel_id: channel.id,
    channel_name:
      channel.kind === "im" ? "directmessage" : channel.kind === "private" ? "privategroup" : channel.name,
    user_id: person.id,
    user_name: person.name,
    command: words.command,
    text: words.text,
    api_app_id: installation.appId,
    is_enterprise_install: "false",
  };
}

/** With `should_escape`: `<@U…>`, `<#C…|name>` (private: empty name), `<!subteam^S…|@group>`, `<https://…>`; without, what was typed. */
export function commandText(state: WorkspaceState, text: string, escape: boolean): string {
  if (!escape) return text;
  return escaped(text)
    .replaceAll(/(?<![\w@])@([a-z0-9][\w.-]*\w|[a-z0-9])/gi, (all, name: string) => {
      const person = state.personNamed(name);
      if (person) return `<@${person.id}>`;
      const group = state.groupNamed(name);
      return group ? `<!subteam^${group.id}|@${group.handle}>` : all;
    })
    .replaceAll(/(?<![\w#&])#([a-z0-9][\w-]*)/gi, (all, name: string) => {
      const channel = state.channelNamed(name);
      return channel ? `<#${channel.id}|${channel.kind === "private" ? "" : channel.name}>` : all;
    })
    .replaceAll(/(?<![<\w])https?:\/\/[^\s<>]+/g, "<$&>");
}

export function messageContainer(message: WorkspaceMessage): Payload {
  return {
    type: "message",
    message_ts: message.ts,
    channel_id: message.channel,
    is_ephemeral: message.onlyFor !== undefined,
    ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
  };
}

export function action(control: Control, value: StateValue | undefined, actionTs: string): Payload {
  const { element } = control;
  return {
    ...(control.type === "button" && {
      text: element.text,
      ...(typeof element["value"] === "string" && { value: element["value"] }),
      ...(typeof element["style"] === "string" && { style: element["style"] }),
    }),
    ...(element["placeholder"] !== undefined && { placeholder: element["placeholder"] }),
    ...value,
    type: control.type,
    action_id: control.actionId,
    block_id: control.blockId,
    action_ts: actionTs,
  };
}
