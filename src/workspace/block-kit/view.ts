import { z } from "zod";
import { blockSchemas } from "./blocks.ts";
import { identifier, plainText } from "./composition.ts";
import { errorLines } from "./errors.ts";
import { repeatedIds } from "./ids.ts";

/** A view whose JSON has more bytes than this answers `view_too_large`. */
export const maxViewBytes = 250_000;

const metadata = {
  callback_id: identifier.optional(),
  external_id: identifier.optional(),
  private_metadata: z.string().max(3000).optional(),
};

/** https://docs.slack.dev/reference/views */
const schema = z.discriminatedUnion("type", [
  z
    .strictObject({
      type: z.literal("modal"),
      ...metadata,
      title: plainText(24),
      submit: plainText(24).optional(),
      close: plainText(24).optional(),
      blocks: z.array(blockSchemas.modal).max(100),
      clear_on_close: z.boolean().optional(),
      notify_on_close: z.boolean().optional(),
    })
    .refine((view) => view.submit !== undefined || !view.blocks.some((block) => block.type === "input"), {
      error: "missing required field: submit",
    }),
  z.strictObject({ type: z.literal("home"), ...metadata, blocks: z.array(blockSchemas.home).max(100) }),
]);

/** What Slack finds wrong with a view, as lines for `response_metadata.messages`; empty when it is accepted. */
export function validateView(view: unknown): string[] {
  const parsed = schema.safeParse(view, { reportInput: true });
  const lines = parsed.success ? [] : errorLines(parsed.error, ["view"]);
  const blocks: unknown = typeof view === "object" && view !== null ? Reflect.get(view, "blocks") : undefined;
  return [...lines, ...repeatedIds(blocks, ["view", "blocks"])];
}

/** Bytes of the view's JSON, to be held against `maxViewBytes`. */
export function viewBytes(view: unknown): number {
  return Buffer.byteLength(JSON.stringify(view) ?? "");
}
