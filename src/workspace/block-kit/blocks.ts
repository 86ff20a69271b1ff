import { z } from "zod";
import { anyText, identifier, imageSource, mrkdwn, namesOneImage, plainText } from "./composition.ts";
import {
  button,
  datepicker,
  datetimepicker,
  emailInput,
  fileInput,
  image,
  numberInput,
  plainTextInput,
  richTextInput,
  timepicker,
  urlInput,
} from "./elements.ts";
import { checkboxes, multiMenus, overflow, radioButtons, singleMenus } from "./menus.ts";
import { richText } from "./rich-text.ts";

/** Which block stands where, with which elements: https://docs.slack.dev/reference/block-kit/blocks */

export type Surface = "message" | "modal" | "home";

const base = { block_id: identifier.optional() };
const menus = singleMenus(false);
const choices = [checkboxes, radioButtons, datepicker, timepicker] as const;

const divider = z.strictObject({ type: z.literal("divider"), ...base });
const header = z.strictObject({ type: z.literal("header"), ...base, text: plainText(150) });

const section = z
  .strictObject({
    type: z.literal("section"),
    ...base,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: z
      .discriminatedUnion("type", [button, image, overflow, ...choices, ...menus, ...multiMenus])
      .optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, {
    error: "missing required field: text or fields",
  });

const imageBlock = z
  .strictObject({
    type: z.literal("image"),
    ...base,
    alt_text: z.string().max(2000),
    title: plainText(2000).optional(),
    ...imageSource,
  })
  .refine(...namesOneImage);

const context = z.strictObject({
  type: z.literal("context"),
  ...base,
  elements: z
    .array(z.discriminatedUnion("type", [image, plainText(3000), mrkdwn(3000)]))
    .min(1)
    .max(10),
});

const actions = (surface: Surface) =>
  z.strictObject({
    type: z.literal("actions"),
    ...base,
    elements: z
      .array(
        surface === "home"
          ? z.discriminatedUnion("type", [button, overflow, ...choices, ...menus])
          : z.discriminatedUnion("type", [button, overflow, datetimepicker, ...choices, ...menus]),
      )
      .min(1)
      .max(25),
  });

const everywhere = [plainTextInput, ...choices, ...multiMenus] as const;
const inputElements = {
  message: z.discriminatedUnion("type", [...everywhere, ...menus, datetimepicker]),
  home: z.discriminatedUnion("type", [...everywhere, ...menus, richTextInput]),
  modal: z.discriminatedUnion("type", [
    ...everywhere,
    ...singleMenus(true),
    datetimepicker,
    richTextInput,
    emailInput,
    urlInput,
    numberInput,
    fileInput,
  ]),
};

const input = (surface: Surface) =>
  z
    .strictObject({
      type: z.literal("input"),
      ...base,
      label: plainText(2000),
      hint: plainText(2000).optional(),
      optional: z.boolean().optional(),
      dispatch_action: z.boolean().optional(),
      element: inputElements[surface],
    })
    // A message has no submit button, so what is typed there arrives by dispatch or never.
    .refine((block) => surface !== "message" || block.dispatch_action === true, {
      error: "must be true in a message",
      path: ["dispatch_action"],
    });

const markdown = z.strictObject({
  type: z.literal("markdown"),
  ...base,
  text: z.string().min(1).max(12_000),
});

const common = [divider, header, section, imageBlock, context, richText] as const;

/** The blocks of one surface. What is not among them (video, call, table and their kin) is an unsupported type. */
export const blockSchemas = {
  message: z.discriminatedUnion("type", [...common, actions("message"), input("message"), markdown]),
  modal: z.discriminatedUnion("type", [...common, actions("modal"), input("modal")]),
  home: z.discriminatedUnion("type", [...common, actions("home"), input("home")]),
};
