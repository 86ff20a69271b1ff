import { z } from "zod";

/** A piece of a line, with how it looks. */
const spanSchema = z.object({
  text: z.string(),
  style: z.enum(["bold", "italic", "strike", "code"]).optional(),
  url: z.string().optional(),
});
export type Span = z.infer<typeof spanSchema>;

const blockSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), spans: z.array(spanSchema) }),
  /** Of a list; `mark` is `•` or `2.`, `depth` counts from 0. */
  z.object({
    kind: z.literal("item"),
    depth: z.number().int(),
    mark: z.string(),
    spans: z.array(spanSchema),
  }),
  /** What somebody does and then ticks off; `id` is its place among the steps of the runbook. */
  z.object({ kind: z.literal("step"), id: z.string(), depth: z.number().int(), spans: z.array(spanSchema) }),
  /** Commands, to be read and copied. */
  z.object({ kind: z.literal("code"), code: z.string() }),
]);
export type RunbookBlock = z.infer<typeof blockSchema>;
export type RunbookStep = Extract<RunbookBlock, { kind: "step" }>;

/** `heading` is empty for what stands above the first one. */
export const runbookSectionSchema = z.object({ heading: z.string(), blocks: z.array(blockSchema) });
export type RunbookSection = z.infer<typeof runbookSectionSchema>;

/** The sections that runbooks of the field have, in their order. */
export const runbookSections = [
  "Alert",
  "Immediate Actions",
  "Diagnosis Steps",
  "Common Causes",
  "Mitigation",
  "Escalation",
] as const;

export const plainSpans = (spans: readonly Span[]): string => spans.map(({ text }) => text).join("");

export const stepsOf = (sections: readonly RunbookSection[]): RunbookStep[] =>
  sections.flatMap(({ blocks }) => blocks.filter((block) => block.kind === "step"));

/** The ways out that a runbook names: the outermost items of its section Mitigation, as plain text. */
export const waysOut = (sections: readonly RunbookSection[]): string[] =>
  sections
    .filter(({ heading }) => heading === "Mitigation")
    .flatMap(({ blocks }) =>
      blocks.flatMap((block) =>
        (block.kind === "item" || block.kind === "step") && block.depth === 0
          ? [plainSpans(block.spans)]
          : [],
      ),
    );
