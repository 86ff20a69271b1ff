import { expect, test } from "vitest";
import { validateMessage } from "../../src/workspace/block-kit/message.ts";
import { markedAsDrill } from "../../src/slack/views/drill.ts";
import { limits, type Message } from "../../src/slack/views/limits.ts";
import { buttons, header, lines, sentence, text } from "../../src/slack/views/parts.ts";

const row = buttons([{ label: "Help", press: { do: "ShowHelp", command: "/incident", topic: null } }]);

test.each<[string, Message["blocks"]]>([
  ["a header", [header("INC-1 checkout 500s"), lines([[text("one")]])]],
  ["a header that is full already", [header("x".repeat(200))]],
  ["lines", [lines([[text("one")], [text("two")]])]],
  ["a sentence", [sentence("done")]],
  ["buttons alone", row],
  ["nothing", []],
  ["as many blocks as Slack takes", Array.from({ length: limits.blocks }, () => sentence("done"))],
])("a message that begins with %s is marked at its head, and Slack takes it", (_what, blocks) => {
  const marked = markedAsDrill({ text: "INC-1 is open", blocks });
  expect(marked.text).toBe("DRILL · INC-1 is open");
  expect(JSON.stringify(marked.blocks[0])).toContain("DRILL");
  expect(marked.blocks.length).toBeLessThanOrEqual(limits.blocks);
  expect(validateMessage(marked)).toEqual([]);
});
