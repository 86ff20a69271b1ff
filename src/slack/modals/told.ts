import type { KnownBlock, ModalView } from "@slack/types";
import { limits, shorten, shortenLabel } from "../views/limits.ts";

/** A view that only tells: it takes the place of a form that was submitted. Sentences are plain text. */
export const told = (title: string, parts: readonly (string | KnownBlock)[]): ModalView => ({
  type: "modal",
  title: { type: "plain_text", text: shortenLabel(title, limits.title) },
  close: { type: "plain_text", text: "Close" },
  blocks: parts.map((part) =>
    typeof part === "string"
      ? { type: "section", text: { type: "plain_text", text: shorten(part, limits.mrkdwn), emoji: true } }
      : part,
  ),
});
