import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { choiceOption, conversationFilter, menuOption, optionGroup, overflowOption } from "./composition.ts";
import { confirmable, focusable, placeholdable } from "./elements.ts";

/** Elements that offer a choice: https://docs.slack.dev/reference/block-kit/block-elements */

const single = { ...confirmable, ...placeholdable };
const several = { ...single, max_selected_items: z.int().min(1).optional() };
const staticOptions = {
  options: z.array(menuOption).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
};

interface Offer {
  options?: unknown[] | undefined;
  option_groups?: { options: unknown[] }[] | undefined;
  initial_option?: unknown;
  initial_options?: unknown[] | undefined;
}

const offersOnce = [
  (menu: Offer): boolean => (menu.options === undefined) !== (menu.option_groups === undefined),
  { error: "must have exactly one of: options, option_groups" },
] as const;

const startsWithOneOffered = [
  (menu: Offer): boolean => {
    const offered = [
      ...(menu.options ?? []),
      ...(menu.option_groups ?? []).flatMap((group) => group.options),
    ];
    const chosen = menu.initial_option === undefined ? (menu.initial_options ?? []) : [menu.initial_option];
    return chosen.every((option) => offered.some((other) => isDeepStrictEqual(option, other)));
  },
  { error: "initial options must match one of the options" },
] as const;

/** `default_to_current_conversation` and `filter`, which both conversation menus have. */
const conversations = {
  default_to_current_conversation: z.boolean().optional(),
  filter: conversationFilter.optional(),
};

/**
 * Menus with one choice.
 * @param respondable a modal's input, the only place where `response_url_enabled` is known
 */
export const singleMenus = (respondable: boolean) => {
  const responding = respondable ? { response_url_enabled: z.boolean().optional() } : {};
  return [
    z
      .strictObject({
        type: z.literal("static_select"),
        ...single,
        ...staticOptions,
        initial_option: menuOption.optional(),
      })
      .refine(...offersOnce)
      .refine(...startsWithOneOffered),
    z.strictObject({
      type: z.literal("external_select"),
      ...single,
      initial_option: menuOption.optional(),
      min_query_length: z.int().nonnegative().optional(),
    }),
    z.strictObject({ type: z.literal("users_select"), ...single, initial_user: z.string().optional() }),
    z.strictObject({
      type: z.literal("conversations_select"),
      ...single,
      ...conversations,
      ...responding,
      initial_conversation: z.string().optional(),
    }),
    z.strictObject({
      type: z.literal("channels_select"),
      ...single,
      ...responding,
      initial_channel: z.string().optional(),
    }),
  ] as const;
};

const chosenIds = z.array(z.string()).optional();
export const multiMenus = [
  z
    .strictObject({
      type: z.literal("multi_static_select"),
      ...several,
      ...staticOptions,
      initial_options: z.array(menuOption).optional(),
    })
    .refine(...offersOnce)
    .refine(...startsWithOneOffered),
  z.strictObject({
    type: z.literal("multi_external_select"),
    ...several,
    initial_options: z.array(menuOption).optional(),
    min_query_length: z.int().nonnegative().optional(),
  }),
  z.strictObject({ type: z.literal("multi_users_select"), ...several, initial_users: chosenIds }),
  z.strictObject({
    type: z.literal("multi_conversations_select"),
    ...several,
    ...conversations,
    initial_conversations: chosenIds,
  }),
  z.strictObject({ type: z.literal("multi_channels_select"), ...several, initial_channels: chosenIds }),
] as const;

export const overflow = z.strictObject({
  type: z.literal("overflow"),
  ...confirmable,
  options: z.array(overflowOption).min(1).max(5),
});

const tenChoices = z.array(choiceOption).min(1).max(10);
export const checkboxes = z
  .strictObject({
    type: z.literal("checkboxes"),
    ...confirmable,
    ...focusable,
    options: tenChoices,
    initial_options: z.array(choiceOption).optional(),
  })
  .refine(...startsWithOneOffered);

export const radioButtons = z
  .strictObject({
    type: z.literal("radio_buttons"),
    ...confirmable,
    ...focusable,
    options: tenChoices,
    initial_option: choiceOption.optional(),
  })
  .refine(...startsWithOneOffered);
