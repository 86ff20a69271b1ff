import { z } from "zod";

/** Limits of texts, options and confirmations: https://docs.slack.dev/reference/block-kit/composition-objects */

export const identifier = z.string().max(255);

export const plainText = (max: number) =>
  z.strictObject({
    type: z.literal("plain_text"),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  });

export const mrkdwn = (max: number) =>
  z.strictObject({
    type: z.literal("mrkdwn"),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().optional(),
  });

export const anyText = (max: number) => z.discriminatedUnion("type", [plainText(max), mrkdwn(max)]);

const withProtocol = (protocol: RegExp) =>
  z
    .string()
    .max(3000)
    .refine((text) => URL.canParse(text) && protocol.test(new URL(text).protocol), {
      error: "must be a valid URL",
    });

/** Where a person can be sent. */
export const linkAddress = withProtocol(/^(?:https?|mailto):$/);
/** What Slack can fetch. */
export const webAddress = withProtocol(/^https?:$/);

/** An image is named by one of two keys. */
export const imageSource = {
  image_url: webAddress.optional(),
  slack_file: z.union([z.strictObject({ id: z.string() }), z.strictObject({ url: webAddress })]).optional(),
};
export const namesOneImage = [
  (image: { image_url?: unknown; slack_file?: unknown }): boolean =>
    (image.image_url === undefined) !== (image.slack_file === undefined),
  { error: "must have exactly one of: image_url, slack_file" },
] as const;

export const confirmation = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(["primary", "danger"]).optional(),
});

// Sources disagree on an option's value, 75 or 150: the smaller one is safe in both.
const optionParts = { value: z.string().max(75), description: plainText(75).optional() };

/** An entry of a menu; its text is plain. */
export const menuOption = z.strictObject({ text: plainText(75), ...optionParts });
/** An entry of checkboxes or radio buttons; its text may be formatted. */
export const choiceOption = z.strictObject({ text: anyText(75), ...optionParts });
/** An entry of an overflow menu; it may lead somewhere. */
export const overflowOption = menuOption.extend({ url: linkAddress.optional() });

export const optionGroup = z.strictObject({
  label: plainText(75),
  options: z.array(menuOption).min(1).max(100),
});

export const conversationFilter = z
  .strictObject({
    include: z
      .array(z.enum(["im", "mpim", "private", "public"]))
      .min(1)
      .optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .refine((filter) => Object.keys(filter).length > 0, { error: "must have at least one property" });

export const dispatchActionConfig = z.strictObject({
  trigger_actions_on: z
    .array(z.enum(["on_enter_pressed", "on_character_entered"]))
    .min(1)
    .optional(),
});
