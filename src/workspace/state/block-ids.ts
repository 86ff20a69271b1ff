import type { Ids } from "./ids.ts";

/** Slack names the blocks and elements that an app left without `block_id` and `action_id`. */
export function withIds<T>(ids: Ids, blocks: readonly T[]): T[] {
  return blocks.map((block) => named(ids, block));
}

function named<T>(ids: Ids, block: T): T {
  if (typeof block !== "object" || block === null) return block;
  const parts: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(block)) {
    if (key === "accessory" || key === "element") parts[key] = withActionId(ids, value);
    else if (key === "elements" && Array.isArray(value)) {
      parts[key] = value.map((element: unknown) => withActionId(ids, element));
    }
  }
  return { block_id: ids.hex("block-id", 5), ...block, ...parts };
}

const INTERACTIVE =
  /^(button|workflow_button|overflow|checkboxes|radio_buttons|(multi_)?\w+_select|\w*picker|\w+_input)$/;

function withActionId(ids: Ids, element: unknown): unknown {
  if (typeof element !== "object" || element === null) return element;
  if (!("type" in element) || typeof element.type !== "string" || !INTERACTIVE.test(element.type))
    return element;
  return { action_id: ids.hex("action-id", 5), ...element };
}
