import { z } from "zod";
import { actionItemsTimers } from "./action-items/timers.ts";
import { asksTimers } from "./asks/timers.ts";
import { assessmentTimers } from "./assessment/timers.ts";
import { audiencesTimers } from "./audiences/timers.ts";
import { endingTimers } from "./ending/timers.ts";
import { escalationTimers } from "./escalation/timers.ts";
import { mitigationTimers } from "./mitigation/timers.ts";
import { rolesTimers } from "./roles/timers.ts";
import { runbooksTimers } from "./runbooks/timers.ts";
import { slotSchema } from "./slot.ts";

/**
 * What must happen in Slack, as data. Texts are not in here: they are rendered from the record when sent. An update's lines
 * never change once published, so what is rendered late is what was decided.
 */
const slackEffectSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("CreateChannel"), incident: z.number(), name: z.string() }),
  /** Makes an incident's channel of one that was there before. */
  z.object({ type: z.literal("EnterChannel"), incident: z.number(), channel: z.string() }),
  /** Reads what stands in its channel or thread, and records what the record lacks: page by page, one an attempt. */
  z.object({ type: z.literal("CatchUp"), incident: z.number() }),
  /** Brings people into the incident channel. */
  z.object({ type: z.literal("InvitePeople"), incident: z.number(), users: z.array(z.string()) }),
  z.object({ type: z.literal("PostMessage"), incident: z.number(), slot: slotSchema }),
  z.object({ type: z.literal("EditMessage"), incident: z.number(), slot: slotSchema }),
  z.object({ type: z.literal("DeleteMessage"), incident: z.number(), slot: slotSchema }),
  /** Brings the channel's topic up to date: what people wrote after ` ‖ ` stays. */
  z.object({ type: z.literal("SetTopic"), incident: z.number() }),
  /** Puts the message of a slot among the channel's bookmarks. */
  z.object({ type: z.literal("AddBookmark"), incident: z.number(), slot: slotSchema }),
  /** Enters the incident's public channel again, from which Sitrep was removed. */
  z.object({ type: z.literal("ReturnToChannel"), incident: z.number() }),
  /** Compares the incident's channel with what is known of it. */
  z.object({ type: z.literal("LookAtChannel"), incident: z.number() }),
  /** Asks Slack whether the person's account is still there. */
  z.object({ type: z.literal("LookAtPerson"), incident: z.number(), user: z.string() }),
  /** Asks Slack whether a channel elsewhere that refused posts takes them again: by its id, or by its name in the configuration. */
  z.object({ type: z.literal("LookElsewhere"), incident: z.number(), channel: z.string() }),
  /** Puts the incident's channel away. */
  z.object({ type: z.literal("ArchiveChannel"), incident: z.number() }),
  z.object({ type: z.literal("PinMessage"), incident: z.number(), slot: slotSchema }),
  /** Sets or removes our reaction on a message, as its marks now demand. */
  z.object({ type: z.literal("SyncReceipt"), incident: z.number(), channel: z.string(), ts: z.string() }),
  /** Says under a message that called Sitrep by name, and that nothing has told it of, that it was not carried out. */
  z.object({ type: z.literal("AnswerMissed"), incident: z.number(), channel: z.string(), ts: z.string() }),
  /** Gives the declarer the link to the channel: response URL (the row's secret) if it still lives, else a direct message. */
  z.object({ type: z.literal("TellDeclarer"), incident: z.number(), user: z.string() }),
  z.object({ type: z.literal("UploadPostmortem"), incident: z.number(), copy: z.string() }),
  z.object({ type: z.literal("SharePostmortem"), incident: z.number(), copy: z.string(), file: z.string() }),
  /** Asks Slack who the people of a call are, and whether they can be reached. */
  z.object({ type: z.literal("SeekPeople"), incident: z.number(), call: z.string() }),
  /** Finds who asked for every update, so that each gets number `n` as a message of its own. */
  z.object({ type: z.literal("FindSubscribers"), incident: z.number(), n: z.number().int() }),
  /** Fetches a person's name into the cache. */
  z.object({ type: z.literal("LearnPerson"), user: z.string() }),
]);
export type SlackEffect = z.infer<typeof slackEffectSchema>;

/** What a webhook is told: somebody is needed, somebody has it, it is over. */
export const webhookActs = ["trigger", "acknowledge", "resolve"] as const;
export type WebhookAct = (typeof webhookActs)[number];

/** Calls another service, by the name that it has in the configuration. `call`: what it is called for, of a trigger. */
const webhookEffectSchema = z.object({
  type: z.literal("CallWebhook"),
  incident: z.number(),
  webhook: z.string(),
  act: z.enum(webhookActs),
  call: z.string().nullable(),
});
export type WebhookEffect = z.infer<typeof webhookEffectSchema>;

/** What falls due: performing it is handling a command. */
export const timerSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("RemindUpdate"), incident: z.number(), due: z.number() }),
  z.object({ type: z.literal("PostOverdueUpdate"), incident: z.number(), due: z.number() }),
  ...rolesTimers,
  ...asksTimers,
  ...assessmentTimers,
  ...mitigationTimers,
  ...escalationTimers,
  ...runbooksTimers,
  ...endingTimers,
  ...actionItemsTimers,
  ...audiencesTimers,
]);
export type Timer = z.infer<typeof timerSchema>;

export const effectSchema = z.discriminatedUnion("type", [
  ...slackEffectSchema.options,
  webhookEffectSchema,
  ...timerSchema.options,
]);
export type Effect = z.infer<typeof effectSchema>;
const timerTypes: ReadonlySet<string> = new Set(timerSchema.options.map(({ shape }) => shape.type.value));
export const isTimer = (effect: Effect): effect is Timer => timerTypes.has(effect.type);
export const isWebhook = (effect: Effect): effect is WebhookEffect => effect.type === "CallWebhook";
export type EffectNamed<Type extends Effect["type"]> = Extract<Effect, { type: Type }>;

/** Within a channel, urgent effects go first, ornamental ones last. */
export const urgencies = { urgent: 0, normal: 1, ornamental: 2 } as const;
export type Urgency = (typeof urgencies)[keyof typeof urgencies];

/** An effect with what the outbox must know to send it once, in order. */
export interface Outgoing {
  /** Unique and deterministic; names the cause: `42:post:card`, `42:edit:card:17`. */
  key: string;
  incident: number | null;
  effect: Effect;
  /** What must keep its order (one message and its thread, one channel's membership): one in flight each. */
  target: string;
  /** Of several pending with the same `collapse`, only the newest is sent. Null: each is sent. */
  collapse: string | null;
  urgency: Urgency;
  /** Not before; ms since the epoch. */
  dueAt: number;
  /** What `isTimer` says of the effect, for stores to search by. */
  timer: boolean;
}
