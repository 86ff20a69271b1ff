import type { ReceiverEvent } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import { z } from "zod";

/** What a person has sent and waits for, with the ways by which a late outcome can reach them. */
export type Request =
  | { kind: "command"; user: string; url: string }
  /** A click or a shortcut; Slack ignores what their ack says. `url` is null for those in a form and for global ones. */
  | { kind: "press"; user: string; url: string | null }
  | { kind: "form"; user: string; view: string; title: string }
  /** Nobody waits for words. */
  | { kind: "other" };

/** How words reach people after the ack is gone. None of it is durable, as no ack is. */
export interface Later {
  /** Posts to a response URL. */
  respond(url: string, message: object): Promise<void>;
  directMessage(user: string, text: string): Promise<void>;
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
  view: z.object({ id: z.string(), title: z.object({ text: z.string() }) }),
});

export function requestIn(body: ReceiverEvent["body"]): Request {
  const command = commandSchema.safeParse(body);
  if (command.success) return { kind: "command", user: command.data.user_id, url: command.data.response_url };
  const press = pressSchema.safeParse(body);
  if (press.success) return { kind: "press", user: press.data.user.id, url: press.data.response_url ?? null };
  const form = formSchema.safeParse(body);
  if (!form.success) return { kind: "other" };
  const { user, view } = form.data;
  return { kind: "form", user: user.id, view: view.id, title: view.title.text };
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
      return ack({ response_action: "update", view: savingView(request.title) });
    case "other":
      return undefined;
    default:
      return request satisfies never;
  }
}

export async function tellFailure(later: Later, request: Request): Promise<void> {
  if (request.kind !== "other") await say(later, request, failed);
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
  { user, view, title }: Extract<Request, { kind: "form" }>,
  answer: unknown,
): Promise<void> {
  const parsed = formAnswerSchema.safeParse(answer);
  const action = parsed.success ? parsed.data : undefined;
  switch (action?.response_action) {
    case "errors":
      return later.directMessage(
        user,
        `“${title}” was not saved: ${Object.values(action.errors).join(" ")} Please open the form again.`,
      );
    case "update":
    case "push":
      return later.showView(view, action.view);
    case "clear":
    case undefined:
      return later.directMessage(user, `“${title}” is saved.`);
    default:
      return action satisfies never;
  }
}

async function say(later: Later, request: Exclude<Request, { kind: "other" }>, text: string): Promise<void> {
  if (request.kind !== "form" && request.url !== null)
    await later.respond(request.url, { response_type: "ephemeral", replace_original: false, text });
  else await later.directMessage(request.user, text);
}

const savingView = (title: string): ModalView => ({
  type: "modal",
  title: { type: "plain_text", text: title },
  close: { type: "plain_text", text: "Close" },
  blocks: [{ type: "section", text: { type: "plain_text", text: `${saving} as a direct message.` } }],
});
