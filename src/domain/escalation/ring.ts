import { bot } from "../actor.ts";
import { type Decision, noted } from "../decision.ts";
import type { Incident } from "../incident.ts";
import type { EscalationCommandNamed } from "./commands.ts";
import type { Call, Escalation } from "./state.ts";

type Noting = EscalationCommandNamed<"NoteWebhookReached" | "NoteWebhookMissed" | "NoteWebhookSpared">;
export type Ring = Call["webhooks"][number];

/** What became of a webhook's call, whatever the incident's state. */
export function noteWebhook(state: Incident, command: Noting): Decision {
  const { at, call: id, webhook } = command;
  const ring = ringOf(state.escalation, id, webhook);
  if (!ring || ring.delivery === "delivered") return noted([]);
  const data = { call: id, webhook };
  switch (command.type) {
    case "NoteWebhookReached":
      return noted([{ type: "WebhookReached", at, actor: bot, data }]);
    case "NoteWebhookMissed": {
      const { failure } = command;
      if (ring.delivery !== "pending") return noted([]);
      return noted([{ type: "WebhookMissed", at, actor: bot, data: { ...data, failure } }]);
    }
    case "NoteWebhookSpared":
      return noted([{ type: "WebhookSpared", at, actor: bot, data }]);
    default:
      return command satisfies never;
  }
}

export const ringOf = ({ calls }: Pick<Escalation, "calls">, id: string, webhook: string): Ring | undefined =>
  calls.find((call) => call.id === id)?.webhooks.find(({ name }) => name === webhook);

/** Nothing that it was called for has reached it. */
export const isUntold = ({ calls }: Pick<Escalation, "calls">, webhook: string): boolean =>
  calls
    .flatMap(({ webhooks }) => webhooks)
    .every(({ name, delivery }) => name !== webhook || delivery === "spared" || delivery === "refused");

/** The effect of this key was refused: which call it was, and of which webhook. */
export function ringRefused(key: string): { call: string; webhook: string } | undefined {
  const [, webhook, call] = /^\d+:webhook:(.+):trigger:([^:]+)$/.exec(key) ?? [];
  return webhook === undefined || call === undefined ? undefined : { call, webhook };
}

/** The call with what became of one of its webhooks; a failure is its target's. */
export function withRing(call: Call, webhook: string, change: Partial<Ring>): Call {
  const failure =
    change.delivery === "missed" || change.delivery === "refused" ? (change.failure ?? null) : null;
  return {
    ...call,
    webhooks: call.webhooks.map((ring) => (ring.name === webhook ? { ...ring, ...change } : ring)),
    aims: call.aims.map((aim) =>
      aim.target.kind === "webhook" && aim.target.name === webhook ? { ...aim, failure } : aim,
    ),
  };
}
