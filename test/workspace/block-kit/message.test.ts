import { describe, expect, test } from "vitest";
import {
  maxTotalBlockText,
  totalBlockText,
  validateMessage,
} from "../../../src/workspace/block-kit/message.ts";
import {
  actions,
  button,
  chars,
  confirm,
  context,
  header,
  image,
  input,
  marked,
  option,
  options,
  type Part,
  plain,
  rich,
  richSection,
  section,
  select,
  times,
  typed,
} from "./cases.ts";

const faults = (...blocks: Part[]): string[] => validateMessage({ text: "text", blocks });
const line = (message: string, pointer: string): string => `[ERROR] ${message} [json-pointer:${pointer}]`;
const tooLong = (count: number, pointer: string): string =>
  line(`must be no more than ${count} characters`, pointer);
const tooMany = (count: number, pointer: string): string =>
  line(`no more than ${count} items allowed`, pointer);

describe("lengths", () => {
  const at = "/blocks/0";
  const lengths: [string, number, (text: string) => Part, string][] = [
    ["a section's text", 3000, (text) => section({ text: marked(text) }), `${at}/text/text`],
    ["a section's field", 2000, (text) => section({ fields: [marked(text)] }), `${at}/fields/0/text`],
    ["a header", 150, (text) => header(plain(text)), `${at}/text/text`],
    ["a context's text", 3000, (text) => context(marked(text)), `${at}/elements/0/text`],
    ["a block_id", 255, (text) => section({ block_id: text }), `${at}/block_id`],
    ["an action_id", 255, (text) => actions(button({ action_id: text })), `${at}/elements/0/action_id`],
    ["a button's text", 75, (text) => actions(button({ text: plain(text) })), `${at}/elements/0/text/text`],
    ["a button's value", 2000, (text) => actions(button({ value: text })), `${at}/elements/0/value`],
    [
      "a button's accessibility label",
      75,
      (text) => actions(button({ accessibility_label: text })),
      `${at}/elements/0/accessibility_label`,
    ],
    ["an image's alt_text", 2000, (text) => image({ alt_text: text }), `${at}/alt_text`],
    ["an image's title", 2000, (text) => image({ title: plain(text) }), `${at}/title/text`],
    [
      "a placeholder",
      150,
      (text) => actions(select({ placeholder: plain(text) })),
      `${at}/elements/0/placeholder/text`,
    ],
    [
      "an option's text",
      75,
      (text) => actions(select({ options: [option({ text: plain(text) })] })),
      `${at}/elements/0/options/0/text/text`,
    ],
    [
      "an option's value",
      75,
      (text) => actions(select({ options: [option({ value: text })] })),
      `${at}/elements/0/options/0/value`,
    ],
    [
      "an option's description",
      75,
      (text) => actions(select({ options: [option({ description: plain(text) })] })),
      `${at}/elements/0/options/0/description/text`,
    ],
    [
      "an option group's label",
      75,
      (text) =>
        actions({ type: "static_select", option_groups: [{ label: plain(text), options: options(1) }] }),
      `${at}/elements/0/option_groups/0/label/text`,
    ],
    [
      "a confirmation's title",
      100,
      (text) => actions(button({ confirm: confirm({ title: plain(text) }) })),
      `${at}/elements/0/confirm/title/text`,
    ],
    [
      "a confirmation's text",
      300,
      (text) => actions(button({ confirm: confirm({ text: marked(text) }) })),
      `${at}/elements/0/confirm/text/text`,
    ],
    [
      "a confirmation's yes",
      30,
      (text) => actions(button({ confirm: confirm({ confirm: plain(text) }) })),
      `${at}/elements/0/confirm/confirm/text`,
    ],
    [
      "a confirmation's no",
      30,
      (text) => actions(button({ confirm: confirm({ deny: plain(text) }) })),
      `${at}/elements/0/confirm/deny/text`,
    ],
    [
      "an input's label",
      2000,
      (text) => input(typed(), { label: plain(text), dispatch_action: true }),
      `${at}/label/text`,
    ],
    [
      "an input's hint",
      2000,
      (text) => input(typed(), { hint: plain(text), dispatch_action: true }),
      `${at}/hint/text`,
    ],
    ["a markdown block", 12_000, (text) => ({ type: "markdown", text }), `${at}/text`],
  ];
  test.each(lengths)("%s may have %i characters and no more", (_name, max, make, pointer) => {
    expect(faults(make(chars(max)))).toEqual([]);
    expect(faults(make(chars(max + 1)))).toEqual([tooLong(max, pointer)]);
  });

  const address = (length: number): string => `https://example.com/${chars(length - 20)}`;
  test.each([
    ["a button's url", (url: string) => actions(button({ url })), "/blocks/0/elements/0/url"],
    ["an image's url", (url: string) => image({ image_url: url }), "/blocks/0/image_url"],
  ])("%s may have 3000 characters and no more", (_name, make, pointer) => {
    expect(faults(make(address(3000)))).toEqual([]);
    expect(faults(make(address(3001)))).toEqual([tooLong(3000, pointer)]);
  });

  test("no text object is empty", () => {
    expect(faults(section({ text: plain("") }))).toEqual([
      line("must be at least 1 characters", "/blocks/0/text/text"),
    ]);
  });

  test("markdown blocks share one limit", () => {
    const markdown = (count: number): Part => ({ type: "markdown", text: chars(count) });
    expect(faults(markdown(6000), markdown(6000))).toEqual([]);
    expect(faults(markdown(6000), markdown(6001))).toEqual([
      line("markdown blocks must be no more than 12000 characters together", "/blocks"),
    ]);
  });
});

describe("counts", () => {
  const counts: [string, number, (count: number) => Part[], string][] = [
    ["blocks", 50, (count) => times(count, () => ({ type: "divider" })), "/blocks"],
    ["fields", 10, (count) => [section({ fields: times(count, () => marked()) })], "/blocks/0/fields"],
    ["actions", 25, (count) => [actions(...times(count, () => button()))], "/blocks/0/elements"],
    ["context elements", 10, (count) => [context(...times(count, () => plain()))], "/blocks/0/elements"],
    [
      "options",
      100,
      (count) => [actions(select({ options: options(count) }))],
      "/blocks/0/elements/0/options",
    ],
    [
      "option groups",
      100,
      (count) => [
        actions({
          type: "static_select",
          option_groups: times(count, () => ({ label: plain(), options: options(1) })),
        }),
      ],
      "/blocks/0/elements/0/option_groups",
    ],
    [
      "options of a group",
      100,
      (count) => [
        actions({ type: "static_select", option_groups: [{ label: plain(), options: options(count) }] }),
      ],
      "/blocks/0/elements/0/option_groups/0/options",
    ],
    [
      "overflow options",
      5,
      (count) => [section({ accessory: { type: "overflow", options: options(count) } })],
      "/blocks/0/accessory/options",
    ],
    [
      "checkboxes",
      10,
      (count) => [actions({ type: "checkboxes", options: options(count) })],
      "/blocks/0/elements/0/options",
    ],
    [
      "radio buttons",
      10,
      (count) => [actions({ type: "radio_buttons", options: options(count) })],
      "/blocks/0/elements/0/options",
    ],
  ];
  test.each(counts)("%s: %i and no more", (_name, max, make, pointer) => {
    expect(faults(...make(max))).toEqual([]);
    expect(faults(...make(max + 1))).toEqual([tooMany(max, pointer)]);
  });

  test("a message has at most 100 attachments", () => {
    const attachments = (count: number) =>
      validateMessage({ attachments: times(count, () => ({ text: "a" })) });
    expect(attachments(100)).toEqual([]);
    expect(attachments(101)).toEqual([tooMany(100, "/attachments")]);
  });

  test("the text of all blocks is counted, whatever holds it", () => {
    const blocks = [
      section({ text: marked(chars(3000)), fields: [plain(chars(2000))] }),
      rich(richSection({ type: "text", text: chars(1000) })),
      actions(select({ options: [option({ text: plain(chars(75)) })] })),
      { type: "markdown", text: chars(25) },
      image({ alt_text: chars(500) }),
    ];
    expect(totalBlockText(blocks)).toBe(6100);
    expect(totalBlockText("blocks")).toBe(0);
    expect(maxTotalBlockText).toBe(13_200);
  });
});

describe("shapes", () => {
  const accepted: [string, Part][] = [
    ["a section of fields alone", { type: "section", fields: [plain()] }],
    ["a section with verbatim mrkdwn", section({ text: { ...marked(), verbatim: true }, expand: true })],
    ["an image from a file of Slack's", { type: "image", slack_file: { id: "F1" }, alt_text: "a" }],
    ["an image in a context", context(image(), marked())],
    ["a button that writes a mail", actions(button({ url: "mailto:a@example.com", style: "danger" }))],
    [
      "a menu of groups",
      actions(select({ options: undefined, option_groups: [{ label: plain(), options: options(2) }] })),
    ],
    [
      "a menu that begins with one of its options",
      actions(select({ initial_option: option({ value: "v0" }) })),
    ],
    ["a date picker", actions({ type: "datepicker", initial_date: "2024-02-29" })],
    ["a time picker", actions({ type: "timepicker", initial_time: "23:59", timezone: "Europe/Berlin" })],
    ["a date and time picker", actions({ type: "datetimepicker", initial_date_time: 1_700_000_000 })],
    ["a menu of people", section({ accessory: { type: "multi_users_select", max_selected_items: 1 } })],
    ["a menu of channels", actions({ type: "conversations_select", filter: { include: ["public"] } })],
    ["formatted checkboxes", actions({ type: "checkboxes", options: [{ text: marked(), value: "v" }] })],
    ["an input that dispatches", input(typed({ max_length: 3000 }), { dispatch_action: true })],
    [
      "every leaf of rich text",
      rich(
        richSection(
          { type: "text", text: "t", style: { bold: true, italic: true, strike: true, code: true } },
          { type: "link", url: "https://example.com", text: "t" },
          { type: "user", user_id: "U1" },
          { type: "usergroup", usergroup_id: "S1" },
          { type: "channel", channel_id: "C1" },
          { type: "emoji", name: "pushpin" },
          { type: "date", timestamp: 1_700_000_000, format: "{date}", fallback: "then" },
          { type: "broadcast", range: "here" },
          { type: "color", value: "#ff0000" },
        ),
        {
          type: "rich_text_list",
          style: "ordered",
          indent: 1,
          offset: 2,
          border: 0,
          elements: [richSection({ type: "text", text: "t" })],
        },
        { type: "rich_text_preformatted", border: 1, elements: [{ type: "text", text: "t" }] },
        { type: "rich_text_quote", elements: [{ type: "text", text: "t" }] },
      ),
    ],
  ];
  test.each(accepted)("%s is accepted", (_name, block) => {
    expect(faults(block)).toEqual([]);
  });

  const at = "/blocks/0";
  const refused: [string, Part, string][] = [
    ["a block without a type", { text: plain() }, line("missing required field: type", at)],
    ["an unknown block", { type: "sektion" }, line("unsupported type: sektion", `${at}/type`)],
    [
      "a block this workspace does not know",
      { type: "video" },
      line("unsupported type: video", `${at}/type`),
    ],
    ["an unknown key", section({ colour: "red" }), line("additional property: colour", at)],
    ["a header in mrkdwn", header(marked()), line("unsupported type: mrkdwn", `${at}/text/type`)],
    ["a header without text", { type: "header" }, line("missing required field: text", at)],
    ["text that is a string", section({ text: "text" }), line("must be a valid object", `${at}/text`)],
    ["a section of nothing", { type: "section" }, line("missing required field: text or fields", at)],
    [
      "mrkdwn with emoji",
      section({ text: { ...marked(), emoji: true } }),
      line("additional property: emoji", `${at}/text`),
    ],
    [
      "plain text with verbatim",
      section({ text: { ...plain(), verbatim: true } }),
      line("additional property: verbatim", `${at}/text`),
    ],
    [
      "an image with two sources",
      image({ slack_file: { id: "F1" } }),
      line("must have exactly one of: image_url, slack_file", at),
    ],
    [
      "an image without alt_text",
      image({ alt_text: undefined }),
      line("missing required field: alt_text", at),
    ],
    [
      "an image from nowhere",
      image({ image_url: "data:image/png;base64,AA" }),
      line("must be a valid URL", `${at}/image_url`),
    ],
    ["an empty row of actions", actions(), line("at least 1 items required", `${at}/elements`)],
    [
      "a text in a row of actions",
      actions(plain()),
      line("unsupported type: plain_text", `${at}/elements/0/type`),
    ],
    ["a button in a context", context(button()), line("unsupported type: button", `${at}/elements/0/type`)],
    [
      "a field in a row of actions",
      actions(typed()),
      line("unsupported type: plain_text_input", `${at}/elements/0/type`),
    ],
    [
      "a date and time in a section",
      section({ accessory: { type: "datetimepicker" } }),
      line("unsupported type: datetimepicker", `${at}/accessory/type`),
    ],
    [
      "a menu of several in a row of actions",
      actions({ type: "multi_users_select" }),
      line("unsupported type: multi_users_select", `${at}/elements/0/type`),
    ],
    [
      "a button that runs script",
      actions(button({ url: "javascript:alert(1)" })),
      line("must be a valid URL", `${at}/elements/0/url`),
    ],
    [
      "an invented style",
      actions(button({ style: "blue" })),
      line("must be one of: primary, danger", `${at}/elements/0/style`),
    ],
    [
      "a button with mrkdwn",
      actions(button({ text: marked() })),
      line("unsupported type: mrkdwn", `${at}/elements/0/text/type`),
    ],
    [
      "a confirmation without a way back",
      actions(button({ confirm: confirm({ deny: undefined }) })),
      line("missing required field: deny", `${at}/elements/0/confirm`),
    ],
    [
      "a menu without options",
      actions({ type: "static_select" }),
      line("must have exactly one of: options, option_groups", `${at}/elements/0`),
    ],
    [
      "a menu that begins with what it does not offer",
      actions(select({ initial_option: option({ value: "other" }) })),
      line("initial options must match one of the options", `${at}/elements/0`),
    ],
    [
      "a menu whose option is formatted",
      actions(select({ options: [option({ text: marked() })] })),
      line("unsupported type: mrkdwn", `${at}/elements/0/options/0/text/type`),
    ],
    [
      "a menu of several that takes none",
      section({ accessory: { type: "multi_users_select", max_selected_items: 0 } }),
      line("must be at least 1", `${at}/accessory/max_selected_items`),
    ],
    [
      "a response URL outside a modal",
      actions({ type: "channels_select", response_url_enabled: true }),
      line("additional property: response_url_enabled", `${at}/elements/0`),
    ],
    [
      "a day that is none",
      actions({ type: "datepicker", initial_date: "2023-02-29" }),
      line("does not have the expected format", `${at}/elements/0/initial_date`),
    ],
    [
      "a time that is none",
      actions({ type: "timepicker", initial_time: "24:00" }),
      line("does not have the expected format", `${at}/elements/0/initial_time`),
    ],
    [
      "a zone that is none",
      actions({ type: "timepicker", timezone: "Mars/Olympus" }),
      line("must be a valid time zone", `${at}/elements/0/timezone`),
    ],
    [
      "an instant in milliseconds",
      actions({ type: "datetimepicker", initial_date_time: 1_700_000_000_000 }),
      line("must be no more than 9999999999", `${at}/elements/0/initial_date_time`),
    ],
    [
      "an input that never arrives",
      input(typed()),
      line("must be true in a message", `${at}/dispatch_action`),
    ],
    [
      "a rich text input",
      input({ type: "rich_text_input" }, { dispatch_action: true }),
      line("unsupported type: rich_text_input", `${at}/element/type`),
    ],
    [
      "a leaf outside a section",
      rich({ type: "text", text: "t" }),
      line("unsupported type: text", `${at}/elements/0/type`),
    ],
    [
      "an unknown leaf",
      rich(richSection({ type: "mention" })),
      line("unsupported type: mention", `${at}/elements/0/elements/0/type`),
    ],
    [
      "an unknown style of a leaf",
      rich(richSection({ type: "text", text: "t", style: { blink: true } })),
      line("additional property: blink", `${at}/elements/0/elements/0/style`),
    ],
    [
      "an empty leaf",
      rich(richSection({ type: "text", text: "" })),
      line("must be at least 1 characters", `${at}/elements/0/elements/0/text`),
    ],
    [
      "a link to a file",
      rich(richSection({ type: "link", url: "file:///etc/passwd" })),
      line("must be a valid URL", `${at}/elements/0/elements/0/url`),
    ],
    [
      "a list in a style of its own",
      rich({ type: "rich_text_list", style: "dashed", elements: [] }),
      line("must be one of: bullet, ordered", `${at}/elements/0/style`),
    ],
    [
      "a mention in preformatted text",
      rich({ type: "rich_text_preformatted", elements: [{ type: "user", user_id: "U1" }] }),
      line("unsupported type: user", `${at}/elements/0/elements/0/type`),
    ],
  ];
  test.each(refused)("%s is refused", (_name, block, fault) => {
    expect(faults(block)).toEqual([fault]);
  });

  test("blocks that are no list are refused", () => {
    expect(validateMessage({ blocks: "[]" })).toEqual([line("must be a valid array", "/blocks")]);
  });

  test("every fault is named, and blocks in attachments have the same rules", () => {
    expect(
      validateMessage({
        blocks: [header(marked()), { type: "section" }],
        attachments: [{ color: "good", blocks: [header(plain(chars(151)))] }],
      }),
    ).toEqual([
      line("unsupported type: mrkdwn", "/blocks/0/text/type"),
      line("missing required field: text or fields", "/blocks/1"),
      tooLong(150, "/attachments/0/blocks/0/text/text"),
    ]);
  });
});

describe("ids", () => {
  test("a block_id stands once in a message", () => {
    expect(faults(section({ block_id: "a" }), section({ block_id: "b" }))).toEqual([]);
    expect(faults(section({ block_id: "a" }), section({ block_id: "a" }))).toEqual([
      line("block_id already exists: a", "/blocks/1/block_id"),
    ]);
  });

  test("an action_id stands once in a block, and again in another", () => {
    const press = button({ action_id: "press" });
    expect(faults(actions(press), actions(press))).toEqual([]);
    expect(faults(actions(press, press))).toEqual([
      line("action_id already exists: press", "/blocks/0/elements/1/action_id"),
    ]);
  });
});

describe("metadata", () => {
  const metadata = (more: Part): string[] =>
    validateMessage({
      text: "t",
      metadata: { event_type: "sitrep_effect", event_payload: { key: "1" }, ...more },
    });

  test("is an event's name with a payload", () => {
    expect(metadata({})).toEqual([]);
    expect(metadata({ event_type: "Sitrep-Effect" })).toEqual([
      line("does not have the expected format", "/metadata/event_type"),
    ]);
    expect(metadata({ event_payload: "1" })).toEqual([
      line("must be a valid record", "/metadata/event_payload"),
    ]);
    expect(metadata({ event_payload: undefined })).toEqual([
      line("missing required field: event_payload", "/metadata"),
    ]);
    expect(metadata({ colour: "red" })).toEqual([line("additional property: colour", "/metadata")]);
  });
});
