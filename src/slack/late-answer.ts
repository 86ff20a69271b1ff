import type { ReceiverEvent } from "@slack/bolt";
import type { KnownBlock, ModalView } from "@slack/types";
import { z } from "zod";
import { escapeText } from "../domain/words.ts";
import type { FormState } from "./modals/inputs.ts";
import { faultsIn, returnedForm, type Submitted, typedIn } from "./modals/returned.ts";
import { told } from "./modals/told.ts";
import { limits, shorten } from "./views/limits.ts";

/** What a person has sent and waits for, with the ways by which a late outcome can reach them. */
export type Request =
  | { kind: "command"; user: string; url: string }
  /** A click or a shortcut; Slack ignores what their ack says. `url` is null for those in a form and for global ones. */
  | { kind: "press"; user: string; url: string | null }
  | { kind: "form"; user: string; view: string; sent: Submitted }
  /** Nobody waits for words. */
  | { kind: "other" };

/** How words reach people after the ack is gone. None of it is durable, as no ack is. */
export interface Later {
  /** Posts to a response URL. */
  respond(url: string, message: object): Promise<void>;
  directMessage(user: string, message: { text: string; blocks?: KnownBlock[] }): Promise<void>;
  showView(view: string, content: object): Promise<void>;
}

const saving = "Still saving. Please do not repeat it; the outcome follows";
const failed = "That did not work, and may not have been saved. Look before you repeat it.";

export const isEvent = (body: ReceiverEvent["body"]): boolean => body["event"] !== undefined;

const commandSchema = z.object({ command: z.string(), response_url: z.string(), user_id: z.string() });
const pressSchema = z.object({
  type: z.enum(["block_actions", "message_action", "shortcut"]),
  user: z.object({ id: z.string() }),
  response_url: z.string().optional(),
});
const formSchema = z.object({
  type: z.literal("view_submission"),
  user: z.object({ id: z.string() }),
  view: z.looseObject({
    id: z.string(),
    title: z.looseObject({ text: z.string() }),
    blocks: z.array(z.unknown()).default([]),
    state: z.object({ values: z.custom<FormState>((value) => typeof value === "object" && value !== null) }),
  }),
});
// Slack sends back what we have sent.
const viewSchema = z.custom<ModalView>();

export function requestIn(body: ReceiverEvent["body"]): Request {
  const command = commandSchema.safeParse(body);
  if (command.success) return { kind: "command", user: command.data.user_id, url: command.data.response_url };
  const press = pressSchema.safeParse(body);
  if (press.success) return { kind: "press", user: press.data.user.id, url: press.data.response_url ?? null };
  const form = formSchema.safeParse(body);
  if (!form.success) return { kind: "other" };
  const { user, view } = form.data;
  const sent = { view: viewSchema.parse(view), state: view.state.values };
  return { kind: "form", user: user.id, view: view.id, sent };
}

/** The ack in place of an answer that is not there yet. */
export async function stillSaving(later: Later, request: Request, ack: ReceiverEvent["ack"]): Promise<void> {
  switch (request.kind) {
    case "command":
      return ack({ response_type: "ephemeral", text: `${saving} here.` });
    case "press":
      await ack();
      return say(later, request, `${saving} here.`);
    case "form":
      return ack({
        response_action: "update",
        view: told(request.sent.view.title.text, [`${saving} here or as a direct message.`]),
      });
    case "other":
      return undefined;
    default:
      return request satisfies never;
  }
}

/** `why` says what is known of it. */
export async function tellFailure(later: Later, request: Request, why: string = failed): Promise<void> {
  if (request.kind === "form") await giveBack(later, request, why);
  else if (request.kind !== "other") await say(later, request, why);
}

/** The ack that says why nothing came of it, where there is still time for one. A form stays open, with what was typed. */
export async function ackFailure(
  later: Later,
  request: Exclude<Request, { kind: "other" }>,
  ack: ReceiverEvent["ack"],
  why: string,
): Promise<void> {
  const field = request.kind === "form" ? Object.keys(request.sent.state)[0] : undefined;
  switch (request.kind) {
    case "command":
      return ack({ response_type: "ephemeral", text: escapeText(why) });
    case "press":
      await ack();
      return say(later, request, why);
    case "form":
      return ack(
        field === undefined
          ? { response_action: "update", view: returnedForm(request.sent, why) }
          : { response_action: "errors", errors: { [field]: shorten(why, limits.fieldError) } },
      );
    default:
      return request satisfies never;
  }
}

const formAnswerSchema = z.discriminatedUnion("response_action", [
  z.object({ response_action: z.literal("errors"), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.enum(["update", "push"]), view: z.looseObject({}) }),
  z.object({ response_action: z.literal("clear") }),
]);

/** What the listener would have answered in time. */
export async function tellOutcome(later: Later, request: Request, answer: unknown): Promise<void> {
  switch (request.kind) {
    case "command":
    case "press":
      if (typeof answer === "string" && answer !== "") return say(later, request, answer);
      if (typeof answer !== "object" || answer === null) return undefined;
      if (request.url !== null)
        return later.respond(request.url, {
          response_type: "ephemeral",
          ...answer,
          replace_original: false,
        });
      return "text" in answer && typeof answer.text === "string"
        ? say(later, request, answer.text)
        : undefined;
    case "form":
      return tellOfForm(later, request, answer);
    case "other":
      return undefined;
    default:
      return request satisfies never;
  }
}

async function tellOfForm(
  later: Later,
  request: Extract<Request, { kind: "form" }>,
  answer: unknown,
): Promise<void> {
  const { user, view, sent } = request;
  const parsed = formAnswerSchema.safeParse(answer);
  const action = parsed.success ? parsed.data : undefined;
  switch (action?.response_action) {
    case "errors":
      return giveBack(later, request, `Not saved. ${faultsIn(sent, action.errors)}`);
    case "update":
    case "push":
      return later.showView(view, action.view);
    case "clear":
    case undefined:
      return later.directMessage(user, { text: `“${escapeText(sent.view.title.text)}” is saved.` });
    default:
      return action satisfies never;
  }
}

/** Puts the form back with what was typed. Whoever has closed it meanwhile gets that as direct messages, to copy from. */
async function giveBack(
  later: Later,
  { user, view, sent }: Extract<Request, { kind: "form" }>,
  why: string,
): Promise<void> {
  try {
    await later.showView(view, returnedForm(sent, why));
  } catch {
    const title = sent.view.title.text;
    await later.directMessage(user, { text: escapeText(`“${title}”: ${why}`) });
    for (const { label, words } of typedIn(sent))
      await later.directMessage(user, {
        text: escapeText(`What you typed as ${label}`),
        blocks: [
          {
            type: "rich_text",
            elements: [
              {
                type: "rich_text_section",
                elements: [{ type: "text", text: `${label}:`, style: { bold: true } }],
              },
              { type: "rich_text_preformatted", elements: [{ type: "text", text: words }] },
            ],
          },
        ],
      });
  }
}

async function say(
  later: Later,
  request: Exclude<Request, { kind: "other" | "form" }>,
  text: string,
): Promise<void> {
  if (request.url !== null)
    await later.respond(request.url, { response_type: "ephemeral", replace_original: false, text });
  else await later.directMessage(request.user, { text });
}
