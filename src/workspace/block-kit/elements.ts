import { z } from "zod";
import {
  confirmation,
  dispatchActionConfig,
  identifier,
  imageSource,
  linkAddress,
  namesOneImage,
  plainText,
  webAddress,
} from "./composition.ts";
import { richText } from "./rich-text.ts";

/** Buttons, pickers and fields: https://docs.slack.dev/reference/block-kit/block-elements */

const actionable = { action_id: identifier.optional() };
export const confirmable = { ...actionable, confirm: confirmation.optional() };
export const focusable = { focus_on_load: z.boolean().optional() };
export const placeholdable = { ...focusable, placeholder: plainText(150).optional() };
const dispatchable = {
  ...actionable,
  ...placeholdable,
  dispatch_action_config: dispatchActionConfig.optional(),
};

export const image = z
  .strictObject({ type: z.literal("image"), alt_text: z.string().max(2000), ...imageSource })
  .refine(...namesOneImage);

export const button = z.strictObject({
  type: z.literal("button"),
  ...confirmable,
  text: plainText(75),
  value: z.string().max(2000).optional(),
  url: linkAddress.optional(),
  accessibility_label: z.string().max(75).optional(),
  style: z.enum(["primary", "danger"]).optional(),
});

export const datepicker = z.strictObject({
  type: z.literal("datepicker"),
  ...confirmable,
  ...placeholdable,
  initial_date: z.iso.date().optional(),
});

export const timepicker = z.strictObject({
  type: z.literal("timepicker"),
  ...confirmable,
  ...placeholdable,
  initial_time: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  timezone: z.string().refine(isTimeZone, { error: "must be a valid time zone" }).optional(),
});

export const datetimepicker = z.strictObject({
  type: z.literal("datetimepicker"),
  ...confirmable,
  ...focusable,
  // Seconds, not milliseconds: ten digits.
  initial_date_time: z.int().min(1_000_000_000).max(9_999_999_999).optional(),
});

export const plainTextInput = z.strictObject({
  type: z.literal("plain_text_input"),
  ...dispatchable,
  initial_value: z.string().max(3000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(3000).optional(),
  max_length: z.int().min(1).max(3000).optional(),
});

const lines = z.int().min(1).max(100).optional();
export const richTextInput = z.strictObject({
  type: z.literal("rich_text_input"),
  ...dispatchable,
  initial_value: richText.optional(),
  min_lines: lines,
  max_lines: lines,
});

export const emailInput = z.strictObject({
  type: z.literal("email_text_input"),
  ...dispatchable,
  initial_value: z.string().optional(),
});

export const urlInput = z.strictObject({
  type: z.literal("url_text_input"),
  ...dispatchable,
  initial_value: webAddress.optional(),
});

const numeral = z
  .string()
  .regex(/^-?\d+(?:\.\d+)?$/)
  .optional();
export const numberInput = z.strictObject({
  type: z.literal("number_input"),
  ...dispatchable,
  is_decimal_allowed: z.boolean(),
  initial_value: numeral,
  min_value: numeral,
  max_value: numeral,
});

export const fileInput = z.strictObject({
  type: z.literal("file_input"),
  ...actionable,
  filetypes: z.array(z.string()).optional(),
  max_files: z.int().min(1).max(10).optional(),
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}
