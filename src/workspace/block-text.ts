import { z } from "zod";
import { dateToken, readMrkdwn, type Reader } from "./plain-text.ts";

// Blocks reach this file validated; it reads only what is shown and tolerates kinds it does not know.
const Text = z.object({ type: z.string(), text: z.string() });
const Element = z.looseObject({ type: z.string() });
const Block = z.looseObject({ type: z.string() });

type Loose = Record<string, unknown>;

/** One block as lines of plain text; controls as `[Label]`. */
export function blockLines(value: unknown, reader: Reader): string[] {
  const parsed = Block.safeParse(value);
  if (!parsed.success) return [];
  const block = parsed.data;
  switch (block.type) {
    case "header":
      return textLines(block["text"], reader);
    case "section":
      return [
        ...textLines(block["text"], reader),
        ...list(block["fields"]).flatMap((field) => textLines(field, reader)),
        ...(block["accessory"] ? [controlText(block["accessory"], reader)] : []),
      ];
    case "context": {
      const parts = list(block["elements"]).map(
        (item) => textLines(item, reader).join(" ") || controlText(item, reader),
      );
      return [parts.join(" · ")];
    }
    case "actions":
      return [
        list(block["elements"])
          .map((item) => controlText(item, reader))
          .join(" "),
      ];
    case "input":
      return [`${textLines(block["label"], reader).join(" ")}: ${controlText(block["element"], reader)}`];
    case "divider":
      return ["---"];
    case "image":
      return [`[image: ${String(block["alt_text"])}]`];
    case "markdown":
      return String(block["text"]).split("\n");
    case "rich_text":
      return list(block["elements"]).flatMap((element) => richLines(element, reader));
    default:
      return [`(${block.type})`];
  }
}

/** What a control says to the person who looks for it: a button's text, an option's text, a placeholder. */
export function textOf(value: unknown, reader: Reader): string {
  return textLines(value, reader).join(" ");
}

function textLines(value: unknown, reader: Reader): string[] {
  const text = Text.safeParse(value);
  if (!text.success) return [];
  const read = text.data.type === "mrkdwn" ? readMrkdwn(text.data.text, reader) : text.data.text;
  return read.split("\n");
}

function controlText(value: unknown, reader: Reader): string {
  const parsed = Element.safeParse(value);
  if (!parsed.success) return "";
  const element = parsed.data;
  const options = list(element["options"]).map((option) => textOf(field(option, "text"), reader));
  switch (element.type) {
    case "button":
    case "workflow_button":
      return `[${textOf(element["text"], reader)}]`;
    case "overflow":
      return `[⋯ ${options.join(" | ")}]`;
    case "checkboxes":
    case "radio_buttons":
      return options.map((option) => `( ) ${option}`).join(" ");
    case "image":
      return `[image: ${String(element["alt_text"])}]`;
    case "plain_text":
    case "mrkdwn":
      return textOf(element, reader);
    default: {
      const chosen = textOf(field(element["initial_option"], "text"), reader);
      return `[${chosen || textOf(element["placeholder"], reader) || element.type}]`;
    }
  }
}

function richLines(value: unknown, reader: Reader): string[] {
  const parsed = Element.safeParse(value);
  if (!parsed.success) return [];
  const element = parsed.data;
  const children = list(element["elements"]);
  switch (element.type) {
    case "rich_text_list":
      return children.map((item, i) => {
        const bullet = element["style"] === "ordered" ? `${i + 1}.` : "•";
        return `${bullet} ${richLines(item, reader).join(" ")}`;
      });
    case "rich_text_quote":
      return inline(children, reader).map((line) => `> ${line}`);
    case "rich_text_section":
    case "rich_text_preformatted":
      return inline(children, reader);
    default:
      return [];
  }
}

function inline(leaves: unknown[], reader: Reader): string[] {
  const text = leaves.map((leaf) => leafText(leaf, reader)).join("");
  return text.replace(/\n$/, "").split("\n");
}

function leafText(value: unknown, reader: Reader): string {
  const parsed = Element.safeParse(value);
  if (!parsed.success) return "";
  const leaf: Loose = parsed.data;
  switch (leaf["type"]) {
    case "text":
      return String(leaf["text"]);
    case "link":
      return String(leaf["text"] ?? leaf["url"]);
    case "user":
      return `@${reader.personName(String(leaf["user_id"])) ?? String(leaf["user_id"])}`;
    case "channel":
      return `#${reader.channelName(String(leaf["channel_id"])) ?? String(leaf["channel_id"])}`;
    case "usergroup":
      return `@${reader.groupName(String(leaf["usergroup_id"])) ?? String(leaf["usergroup_id"])}`;
    case "emoji":
      return `:${String(leaf["name"])}:`;
    case "broadcast":
      return `@${String(leaf["range"])}`;
    case "date":
      return richDate(leaf, reader);
    default:
      return "";
  }
}

function richDate(leaf: Loose, reader: Reader): string {
  const at = Number(leaf["timestamp"]) * 1000;
  const fallback = typeof leaf["fallback"] === "string" ? leaf["fallback"] : "";
  return String(leaf["format"]).replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => dateToken(name, at, reader.now()) ?? fallback,
  );
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
