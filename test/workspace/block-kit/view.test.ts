import { describe, expect, test } from "vitest";
import { maxViewBytes, validateView, viewBytes } from "../../../src/workspace/block-kit/view.ts";
import {
  actions,
  button,
  chars,
  home,
  input,
  marked,
  modal,
  type Part,
  plain,
  section,
  times,
  typed,
} from "./cases.ts";

const line = (message: string, pointer: string): string => `[ERROR] ${message} [json-pointer:${pointer}]`;

describe("a modal", () => {
  const lengths: [string, number, (text: string) => Part, string][] = [
    ["its title", 24, (text) => modal({ title: plain(text) }), "/view/title/text"],
    ["its submit", 24, (text) => modal({ submit: plain(text) }), "/view/submit/text"],
    ["its close", 24, (text) => modal({ close: plain(text) }), "/view/close/text"],
    ["its callback_id", 255, (text) => modal({ callback_id: text }), "/view/callback_id"],
    ["its external_id", 255, (text) => modal({ external_id: text }), "/view/external_id"],
    ["its private_metadata", 3000, (text) => modal({ private_metadata: text }), "/view/private_metadata"],
    [
      "what a field starts with",
      3000,
      (text) => modal({ blocks: [input(typed({ initial_value: text }))] }),
      "/view/blocks/0/element/initial_value",
    ],
  ];
  test.each(lengths)("%s has at most %i characters", (_name, max, make, pointer) => {
    expect(validateView(make(chars(max)))).toEqual([]);
    expect(validateView(make(chars(max + 1)))).toEqual([
      line(`must be no more than ${max} characters`, pointer),
    ]);
  });

  test("has at most 100 blocks", () => {
    const blocks = (count: number) =>
      validateView(modal({ blocks: times(count, () => ({ type: "divider" })) }));
    expect(blocks(100)).toEqual([]);
    expect(blocks(101)).toEqual([line("no more than 100 items allowed", "/view/blocks")]);
  });

  test("needs a submit only where something is typed", () => {
    expect(validateView(modal({ submit: undefined, blocks: [section()] }))).toEqual([]);
    expect(validateView(modal({ submit: undefined, blocks: [input(typed())] }))).toEqual([
      line("missing required field: submit", "/view"),
    ]);
  });

  const bounds: [string, Part, Part, string][] = [
    ["min_length", typed({ min_length: 3000 }), typed({ min_length: 3001 }), "must be no more than 3000"],
    ["max_length", typed({ max_length: 1 }), typed({ max_length: 0 }), "must be at least 1"],
    [
      "max_files",
      { type: "file_input", max_files: 10 },
      { type: "file_input", max_files: 11 },
      "must be no more than 10",
    ],
    [
      "max_lines",
      { type: "rich_text_input", max_lines: 100 },
      { type: "rich_text_input", max_lines: 101 },
      "must be no more than 100",
    ],
  ];
  test.each(bounds)("%s has its bounds", (key, allowed, refused, message) => {
    expect(validateView(modal({ blocks: [input(allowed)] }))).toEqual([]);
    expect(validateView(modal({ blocks: [input(refused)] }))).toEqual([
      line(message, `/view/blocks/0/element/${key}`),
    ]);
  });

  test("has fields that no other surface has", () => {
    const fields: Part[] = [
      { type: "email_text_input" },
      { type: "url_text_input" },
      { type: "number_input", is_decimal_allowed: false, min_value: "-1", max_value: "10" },
      { type: "file_input", filetypes: ["png"] },
      { type: "datetimepicker" },
      { type: "channels_select", response_url_enabled: true },
    ];
    expect(validateView(modal({ blocks: fields.map((field) => input(field)) }))).toEqual([]);
    expect(validateView(home(...fields.map((field) => input(field))))).toEqual([
      ...fields
        .slice(0, 5)
        .map((field, index) =>
          line(`unsupported type: ${String(field["type"])}`, `/view/blocks/${index}/element/type`),
        ),
      line("additional property: response_url_enabled", "/view/blocks/5/element"),
    ]);
  });

  const refused: [string, unknown, string][] = [
    ["a view that is none", "modal", line("must be a valid object", "/view")],
    [
      "an unknown kind of view",
      { ...modal(), type: "dialog" },
      line("unsupported type: dialog", "/view/type"),
    ],
    ["a modal without a title", modal({ title: undefined }), line("missing required field: title", "/view")],
    ["a modal without blocks", modal({ blocks: undefined }), line("missing required field: blocks", "/view")],
    ["a title in mrkdwn", modal({ title: marked() }), line("unsupported type: mrkdwn", "/view/title/type")],
    ["an unknown key", modal({ hash: "1" }), line("additional property: hash", "/view")],
    [
      "markdown in a modal",
      modal({ blocks: [{ type: "markdown", text: "t" }] }),
      line("unsupported type: markdown", "/view/blocks/0/type"),
    ],
    [
      "a block_id twice",
      modal({ blocks: [section({ block_id: "a" }), section({ block_id: "a" })] }),
      line("block_id already exists: a", "/view/blocks/1/block_id"),
    ],
    [
      "a label in mrkdwn",
      modal({ blocks: [input(typed(), { label: marked() })] }),
      line("unsupported type: mrkdwn", "/view/blocks/0/label/type"),
    ],
    [
      "a button to type in",
      modal({ blocks: [input(button())] }),
      line("unsupported type: button", "/view/blocks/0/element/type"),
    ],
  ];
  test.each(refused)("%s is refused", (_name, view, fault) => {
    expect(validateView(view)).toEqual([fault]);
  });
});

describe("a home", () => {
  test("has blocks, and neither title nor date and time", () => {
    expect(validateView(home(section(), actions(button())))).toEqual([]);
    expect(validateView({ ...home(), title: plain() })).toEqual([
      line("additional property: title", "/view"),
    ]);
    expect(validateView(home(actions({ type: "datetimepicker" })))).toEqual([
      line("unsupported type: datetimepicker", "/view/blocks/0/elements/0/type"),
    ]);
  });

  test("has at most 100 blocks", () => {
    const blocks = (count: number) => validateView(home(...times(count, () => ({ type: "divider" }))));
    expect(blocks(100)).toEqual([]);
    expect(blocks(101)).toEqual([line("no more than 100 items allowed", "/view/blocks")]);
  });
});

test("a view's size is counted in bytes of its JSON", () => {
  expect(viewBytes({ text: "ä" })).toBe(Buffer.byteLength('{"text":"ä"}'));
  expect(viewBytes({ text: "ä" })).toBe('{"text":"ä"}'.length + 1);
  expect(maxViewBytes).toBe(250_000);
});
