import { z } from "zod";
import { textOf } from "./block-text.ts";
import type { Reader } from "./plain-text.ts";

const Option = z.looseObject({
  text: z.looseObject({ type: z.string(), text: z.string() }),
  value: z.string().optional(),
});
const Element = z.looseObject({
  type: z.string(),
  action_id: z.string().optional(),
  text: z.unknown().optional(),
  options: z.array(Option).optional(),
  option_groups: z.array(z.object({ options: z.array(Option) })).optional(),
});
const Block = z.looseObject({
  type: z.string(),
  block_id: z.string().optional(),
  label: z.unknown().optional(),
  text: z.unknown().optional(),
  element: z.unknown().optional(),
  accessory: z.unknown().optional(),
  elements: z.array(z.unknown()).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

export type ControlOption = z.infer<typeof Option>;
export type ControlElement = z.infer<typeof Element>;

/** Something a person can press, choose from or fill in. */
export interface Control {
  blockId: string;
  actionId: string;
  type: string;
  /** What stands on it or beside it: a button's text, an input's label, a select's placeholder or section. */
  label: string;
  options: ControlOption[];
  element: ControlElement;
  /** In an `input` block: filled in and submitted, silent unless `dispatch_action`. */
  isInput: boolean;
  optional: boolean;
  dispatches: boolean;
}

const NOT_CONTROLS = new Set(["image", "plain_text", "mrkdwn"]);

/** Every control in these blocks, from top to bottom. Blocks are taken as validated. */
export function controlsOf(blocks: readonly unknown[] | undefined, reader: Reader): Control[] {
  return (blocks ?? []).flatMap((value, at) => {
    const parsed = Block.safeParse(value);
    if (!parsed.success) return [];
    const block = parsed.data;
    const isInput = block.type === "input";
    const inside = isInput
      ? [block.element]
      : block.type === "actions"
        ? (block.elements ?? [])
        : block.type === "section" && block.accessory !== undefined
          ? [block.accessory]
          : [];
    return inside.flatMap((item, i) => {
      const found = Element.safeParse(item);
      if (!found.success || NOT_CONTROLS.has(found.data.type)) return [];
      const element = found.data;
      const own = textOf(element.text, reader);
      const beside = isInput ? textOf(block.label, reader) : textOf(block.text, reader);
      return [
        {
          // Slack gives ids where the app gave none.
          blockId: block.block_id ?? `block-${at}`,
          actionId: element.action_id ?? `action-${at}-${i}`,
          type: element.type,
          label: isInput ? beside : own || textOf(element["placeholder"], reader) || beside || element.type,
          options: element.options ?? element.option_groups?.flatMap((group) => group.options) ?? [],
          element,
          isInput,
          optional: block.optional === true,
          dispatches: !isInput || block.dispatch_action === true,
        },
      ];
    });
  });
}
