import type { KnownBlock } from "@slack/types";
import { maxTotalBlockText, totalBlockText } from "../block-kit/message.ts";
import type { WorkspaceMessage } from "../model.ts";
import type { Args } from "./args.ts";
import type { Call, Refusal } from "./contract.ts";

export interface Content {
  blocks?: KnownBlock[];
  /** `null` asks for its removal (an empty object does). */
  metadata?: WorkspaceMessage["metadata"] | null;
}

/** Errors of `blocks` and `metadata`, with Slack's details in `response_metadata.messages`. */
export function readContent(call: Call): { ok: true; value: Content } | Refusal {
  const { args } = call;
  const blocks = args.json("blocks");
  if (blocks !== undefined && !Array.isArray(blocks)) return { ok: false, error: "invalid_blocks_format" };
  const metadata = args.json("metadata");
  if (metadata !== undefined && !isObject(metadata)) return { ok: false, error: "invalid_metadata_format" };
  const isEmpty = metadata !== undefined && Object.keys(metadata).length === 0;
  const messages = call.validateMessage({
    ...(blocks !== undefined && { blocks }),
    ...(metadata !== undefined && !isEmpty && { metadata }),
  });
  const aboutMetadata = messages.filter((line) => line.includes("[json-pointer:/metadata"));
  if (messages.length > aboutMetadata.length) {
    return { ok: false, error: "invalid_blocks", response_metadata: { messages } };
  }
  if (messages.length > 0) {
    return { ok: false, error: "invalid_metadata_schema", response_metadata: { messages } };
  }
  if (totalBlockText(blocks) > maxTotalBlockText) return { ok: false, error: "msg_blocks_too_long" };
  return {
    ok: true,
    value: {
      ...(isBlocks(blocks) && { blocks }),
      ...(isEmpty ? { metadata: null } : isMetadata(metadata) && { metadata }),
    },
  };
}

/** Whether there is anything to show. */
export function hasContent(args: Args, content: Content): boolean {
  return (args.maybeText("text") ?? "") !== "" || (content.blocks ?? []).length > 0;
}

// What Slack would refuse has been refused: only the type is told here.
function isBlocks(value: unknown): value is KnownBlock[] {
  return Array.isArray(value);
}

function isMetadata(value: unknown): value is NonNullable<WorkspaceMessage["metadata"]> {
  return isObject(value) && typeof value["event_type"] === "string" && isObject(value["event_payload"]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
