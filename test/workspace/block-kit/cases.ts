/** Well-formed parts, each as small as Slack allows, for tests to change in one place. */

export type Part = Record<string, unknown>;

export const plain = (text = "text"): Part => ({ type: "plain_text", text });
export const marked = (text = "text"): Part => ({ type: "mrkdwn", text });
export const chars = (count: number): string => "x".repeat(count);
export const times = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index));

export const section = (more: Part = {}): Part => ({ type: "section", text: marked(), ...more });
export const header = (text: Part): Part => ({ type: "header", text });
export const actions = (...elements: Part[]): Part => ({ type: "actions", elements });
export const context = (...elements: Part[]): Part => ({ type: "context", elements });
export const input = (element: Part, more: Part = {}): Part => ({
  type: "input",
  label: plain(),
  element,
  ...more,
});

export const button = (more: Part = {}): Part => ({ type: "button", text: plain(), ...more });
export const option = (more: Part = {}): Part => ({ text: plain(), value: "v", ...more });
export const options = (count: number): Part[] => times(count, (index) => option({ value: `v${index}` }));
export const select = (more: Part = {}): Part => ({ type: "static_select", options: options(1), ...more });
export const confirm = (more: Part = {}): Part => ({
  title: plain(),
  text: marked(),
  confirm: plain(),
  deny: plain(),
  ...more,
});
export const image = (more: Part = {}): Part => ({
  type: "image",
  image_url: "https://example.com/a.png",
  alt_text: "a",
  ...more,
});
export const typed = (more: Part = {}): Part => ({ type: "plain_text_input", ...more });
export const rich = (...elements: Part[]): Part => ({ type: "rich_text", elements });
export const richSection = (...elements: Part[]): Part => ({ type: "rich_text_section", elements });

export const modal = (more: Part = {}): Part => ({
  type: "modal",
  title: plain(),
  submit: plain(),
  blocks: [],
  ...more,
});
export const home = (...blocks: Part[]): Part => ({ type: "home", blocks });
