import type { KnownBlock, RichTextBlock, SectionBlock } from "@slack/types";
import type { RunbookBlock, RunbookSection, RunbookStep, Span } from "../../domain/runbooks/document.ts";
import { isOpen } from "../../domain/incident.ts";
import { stepsOf } from "../../domain/runbooks/document.ts";
import { layOut } from "../../domain/runbooks/layout.ts";
import type { PostedRunbook } from "../../domain/runbooks/state.ts";
import { escapeText } from "../../domain/words.ts";
import { code, nameOf, safe } from "../text.ts";
import { fitMessage, limits, type Message, shorten, shortenEncoded, shortenLabel } from "../views/limits.ts";
import { clockOf, type ViewModel } from "../views/model.ts";
import { bold, button, buttons, header, type Leaf, lines, type Offer, text } from "../views/parts.ts";
import type { SlotAsked, SlotViews } from "../views/slot-view.ts";

/** Messages of this folder, by the first word of their slot. */
export const runbooksViews: SlotViews = { runbook: runbookView, "runbook-offer": offerView };

/** One message of a runbook; `id` is its own and the place of the message. */
function runbookView(model: ViewModel, { id }: SlotAsked): Message | null {
  const [, of = "", place = ""] = /^(.+):(\d+)$/.exec(id) ?? [];
  const runbook = model.incident.runbooks.posted.find((one) => one.id === of);
  if (!runbook) return null;
  const parts = layOut(runbook.sections);
  const index = Number(place);
  const part = parts[index];
  if (!part) return null;
  const title = `Runbook: ${runbook.name}${parts.length > 1 ? ` (${index + 1} of ${parts.length})` : ""}`;
  const by = `posted by ${nameOf(runbook.by, model.names)}`;
  const policy =
    index === parts.length - 1 && runbook.escalation !== null
      ? [lines([[bold("Escalation policy: "), text(runbook.escalation)]])]
      : [];
  return fitMessage({
    text: escapeText(`${title}, ${by}`),
    blocks: [
      header(title),
      ...(index === 0 ? [lines([[text(`${by} · ${stepsOf(runbook.sections).length} steps`)]])] : []),
      ...part.flatMap((section) => sectionBlocks(model, runbook, section)),
      ...policy,
    ],
  });
}

/** Steps are blocks of their own, each with its button; what stands between them reads on. */
function sectionBlocks(model: ViewModel, runbook: PostedRunbook, section: RunbookSection): KnownBlock[] {
  const found: KnownBlock[] = [];
  let run: Element[] = section.heading === "" ? [] : [paragraph([bold(section.heading)])];
  const turn = () => {
    if (run.length > 0) found.push({ type: "rich_text", elements: run });
    run = [];
  };
  for (const block of section.blocks) {
    if (block.kind === "step") {
      turn();
      found.push(stepBlock(model, runbook, block));
    } else run = joined(run, element(block));
  }
  turn();
  return found;
}

type Element = RichTextBlock["elements"][number];

const paragraph = (leaves: readonly Leaf[]): Element => ({
  type: "rich_text_section",
  elements: [...leaves],
});

/** Paragraphs that follow each other are one, with a line for each. */
function joined(run: readonly Element[], next: Element): Element[] {
  const last = run.at(-1);
  if (last?.type !== "rich_text_section" || next.type !== "rich_text_section") return [...run, next];
  return [...run.slice(0, -1), paragraph([...last.elements, { type: "text", text: "\n" }, ...next.elements])];
}

/** Commands are shown, to be read and copied. */
function element(block: Exclude<RunbookBlock, RunbookStep>): Element {
  switch (block.kind) {
    case "text":
      return paragraph(block.spans.map(leafOf));
    case "item":
      return paragraph([text(`${"    ".repeat(block.depth)}${block.mark} `), ...block.spans.map(leafOf)]);
    case "code":
      return {
        type: "rich_text_preformatted",
        elements: [{ type: "text", text: shorten(block.code, limits.words) }],
      };
    default:
      return block satisfies never;
  }
}

const longestLink = 2000;

function leafOf({ text: said, style, url }: Span): Leaf {
  const words = shorten(said, limits.words);
  const looks = style === undefined ? {} : { style: { [style]: true } };
  return url !== undefined && url.length <= longestLink
    ? { type: "link", url, text: words, ...looks }
    : { type: "text", text: words, ...looks };
}

function stepBlock({ names, ...model }: ViewModel, runbook: PostedRunbook, step: RunbookStep): SectionBlock {
  const { id, spans, depth } = step;
  const done = runbook.done[id];
  const about = { incident: model.incident.number, runbook: runbook.id, step: id };
  const offer: Offer = done
    ? { label: "Undo", press: { do: "UntickStep", ...about } }
    : { label: "Done", press: { do: "TickStep", ...about } };
  const mark = done ? ":white_check_mark: " : "";
  const who = done
    ? `\n_done by ${escapeText(nameOf(done.by, names))} at ${clockOf({ ...model, names }, done.at)}_`
    : "";
  const said = shortenEncoded(spans.map(mrkdwnOf).join(""), limits.words);
  // Read out, it tells the many buttons of one label apart.
  const spoken = `${offer.label} ${id}. ${spans.map((span) => span.text).join("")}`;
  return {
    type: "section",
    text: {
      type: "mrkdwn",
      text: `${"    ".repeat(depth)}${mark}${id}. ${said}${who}`,
      verbatim: true,
    },
    accessory: { ...button(offer, 0), accessibility_label: shortenLabel(spoken, limits.button) },
  };
}

const wraps: Readonly<Record<"bold" | "italic" | "strike", string>> = { bold: "*", italic: "_", strike: "~" };

function mrkdwnOf({ text: said, style, url }: Span): string {
  if (style === "code") return code(said.replaceAll("\n", " "));
  const words = safe(escapeText(said));
  const linked =
    url !== undefined && url.length <= longestLink && !/[|<>\s]/.test(url)
      ? `<${escapeText(url)}|${words.replaceAll("|", "/")}>`
      : words;
  const wrap = style === undefined ? "" : wraps[style];
  // Slack takes a mark only when it touches the word.
  const [, before = "", inner = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(linked) ?? [];
  return inner === "" ? linked : `${before}${wrap}${inner}${wrap}${after}`;
}

/** Runbooks that fit, each with its button until it is posted. */
function offerView({ incident }: ViewModel, { id, stands }: SlotAsked): Message | null {
  const names = incident.runbooks.offered[Number(id)];
  if (!names || (!isOpen(incident) && !stands)) return null;
  const posted = new Set(incident.runbooks.posted.map(({ name }) => name));
  const said = `${names.length === 1 ? "A runbook fits" : "Runbooks that fit"}: ${names.join(", ")}`;
  return fitMessage({
    text: escapeText(said),
    blocks: [
      lines([[text(said)]]),
      ...buttons(
        names
          .filter((name) => !posted.has(name))
          .slice(0, 10)
          .map((name) => ({
            label: `Post ${name}`,
            press: { do: "PostRunbook", incident: incident.number, name },
          })),
      ),
    ],
  });
}
