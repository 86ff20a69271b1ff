import { z } from "zod";
import { blockSchemas } from "./blocks.ts";
import { errorLine, errorLines } from "./errors.ts";
import { repeatedIds } from "./ids.ts";

/** Block text of one message above this answers `msg_blocks_too_long`: undocumented, seen near it (bolt-js#2509). */
export const maxTotalBlockText = 13_200;

const maxMarkdown = 12_000;

const blockList = z.array(blockSchemas.message).max(50);
const schema = z.object({
  text: z.string().optional(),
  blocks: blockList.optional(),
  attachments: z
    .array(z.looseObject({ blocks: blockList.optional() }))
    .max(100)
    .optional(),
  metadata: z
    .strictObject({
      event_type: z.string().regex(/^[a-z][a-z0-9_]*$/),
      event_payload: z.record(z.string(), z.unknown()),
    })
    .optional(),
});

/**
 * What Slack finds wrong with a message, as lines for `response_metadata.messages`; empty when it is accepted.
 * The pointer's first part (`/blocks`, `/attachments`, `/metadata`) tells which error code answers. Whether there is any
 * content at all, the lengths of `text` that differ between posting and editing, and `maxTotalBlockText` are the caller's.
 */
export function validateMessage(message: {
  text?: string;
  blocks?: unknown;
  attachments?: unknown;
  metadata?: unknown;
}): string[] {
  const parsed = schema.safeParse(message, { reportInput: true });
  const lines = parsed.success ? [] : errorLines(parsed.error, []);
  lines.push(...repeatedIds(message.blocks, ["blocks"]));
  if (Array.isArray(message.attachments)) {
    message.attachments.forEach((attachment: unknown, index) => {
      if (typeof attachment !== "object" || attachment === null) return;
      lines.push(...repeatedIds(Reflect.get(attachment, "blocks"), ["attachments", index, "blocks"]));
    });
  }
  if (parsed.success) lines.push(...markdownLines(parsed.data.blocks ?? []));
  return lines;
}

/** Characters of every text in the blocks: text objects, rich text leaves, options, markdown. */
export function totalBlockText(blocks: unknown): number {
  if (Array.isArray(blocks)) return blocks.reduce<number>((sum, part) => sum + totalBlockText(part), 0);
  if (typeof blocks !== "object" || blocks === null) return 0;
  return Object.entries(blocks).reduce(
    (sum, [key, value]) =>
      sum + (key === "text" && typeof value === "string" ? value.length : totalBlockText(value)),
    0,
  );
}

/** The limit of a markdown block holds for all of them together. */
function markdownLines(blocks: readonly z.infer<(typeof blockSchemas)["message"]>[]): string[] {
  const total = blocks.reduce((sum, block) => sum + (block.type === "markdown" ? block.text.length : 0), 0);
  if (total <= maxMarkdown) return [];
  return [errorLine(["blocks"], `markdown blocks must be no more than ${maxMarkdown} characters together`)];
}
