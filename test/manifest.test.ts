import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { botCommands, botEvents, type BotMethod, botMethods } from "../src/slack/methods.ts";
import { globalShortcuts, messageShortcuts } from "../src/slack/shortcuts.ts";
import { httpManifest, parseManifest } from "../src/workspace/manifest.ts";
import { methodScopes, methodTable } from "../src/workspace/methods.ts";
import { eventScopes } from "../src/workspace/scopes.ts";

const root = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const source = read("manifest.yml");
const manifest = parseManifest(source);

/** Lists of scopes of which each wants one granted: of the method itself, of the kinds of conversation, of arguments. */
function needsOf({ method, kinds, with: used = [] }: BotMethod): (readonly string[])[] {
  const scopes = methodScopes(method);
  const arguments_ = Object.entries(scopes.also).filter(([, use]) => used.includes(use));
  return [scopes.any, ...kinds.map((kind) => scopes[kind]), ...arguments_.map(([scope]) => [scope])].filter(
    (list) => list.length > 0,
  );
}

describe("manifest.yml", () => {
  const variants = { "Socket Mode": source, HTTP: httpManifest(source, "https://sitrep.example.com") };
  const versions = ["2.0.0", "1.0.0"];
  test.each(
    Object.entries(variants).flatMap(([name, text]) => versions.map((version) => [name, version, text])),
  )("for %s is valid by Slack's schema %s", (_name, version, text = "") => {
    // The schemas carry keywords of Slack's own, which strict ajv refuses to read.
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const validate = ajv.compile(JSON.parse(read(`test/schema/manifest.schema.${version}.json`)));
    validate(parse(text));
    expect(validate.errors ?? []).toEqual([]);
  });

  test("is refused by Slack's schema when a key is misspelt", () => {
    const ajv = new Ajv({ strict: false });
    addFormats.default(ajv);
    const validate = ajv.compile(JSON.parse(read("test/schema/manifest.schema.2.0.0.json")));
    expect(validate({ ...parse(source), setings: {} })).toBe(false);
  });

  test("grants every scope that a method in use asks for", () => {
    const missing = botMethods.flatMap((method) =>
      needsOf(method)
        .filter((list) => !list.some((scope) => manifest.scopes.has(scope)))
        .map((list) => `${method.method} needs ${list.join(" or ")}`),
    );
    expect(missing).toEqual([]);
  });

  test("grants no scope that nothing in use asks for", () => {
    const needed = new Set([
      ...botMethods.flatMap((method) => needsOf(method).flat()),
      ...botEvents.flatMap((event) => eventScopes.get(event) ?? []),
      ...(botCommands.length > 0 ? ["commands"] : []),
    ]);
    expect([...manifest.scopes].filter((scope) => !needed.has(scope))).toEqual([]);
  });

  test("subscribes to what the bot listens to, and to nothing else", () => {
    expect([...manifest.botEvents].toSorted()).toEqual([...botEvents].toSorted());
  });

  test("has the bot's commands, which get people and channels as ids", () => {
    expect([...manifest.commands.keys()].toSorted()).toEqual([...botCommands].toSorted());
    expect([...manifest.commands.values()].every(({ escape }) => escape)).toBe(true);
  });
});

describe("shortcuts", () => {
  const named = (type: string): string[] =>
    [...manifest.shortcuts].filter(([, shortcut]) => shortcut.type === type).map(([id]) => id);

  test("of the manifest are those that somebody answers", () => {
    expect(named("global").toSorted()).toEqual(Object.keys(globalShortcuts).toSorted());
    expect(named("message").toSorted()).toEqual(Object.keys(messageShortcuts).toSorted());
  });
});

const families =
  "api|apps|auth|assistant|bookmarks|bots|calls|canvases|chat|conversations|dnd|emoji|files|pins|reactions|reminders|search|team|usergroups|users|views";

/** Web API methods named in a source: `client.chat.update(…)`, also over lines, and strings such as `"chat.update"`. */
function methodsIn(text: string): string[] {
  const called = text.matchAll(new RegExp(`[cC]lient\\??\\s*\\.(${families})\\s*\\.(\\w+)`, "g"));
  const named = text.matchAll(new RegExp(`["'\`](${families})\\.(\\w+(?:\\.\\w+)?)["'\`]`, "g"));
  return [...called, ...named].map(([, family, name]) => `${family}.${name}`);
}

describe("the list of methods", () => {
  const sources = globSync("src/slack/**/*.ts", { cwd: root }).filter(
    (path) => path !== "src/slack/methods.ts",
  );
  const used = sources.flatMap((path) => methodsIn(read(path)).map((method) => ({ path, method })));
  const listed = new Set(botMethods.map(({ method }) => method));

  test("finds calls however they are written", () => {
    const text =
      'await client.chat.postMessage({}); interactiveClient\n  .views.open({}); client.apiCall("pins.add")';
    expect(methodsIn(text)).toEqual(["chat.postMessage", "views.open", "pins.add"]);
  });

  test("names no method twice", () => {
    expect(listed.size).toBe(botMethods.length);
  });

  test("names only methods that the workspace knows", () => {
    expect([...listed].filter((method) => !methodTable.has(method))).toEqual([]);
  });

  test("names every method that src/slack calls", () => {
    expect(used.filter(({ method }) => !listed.has(method))).toEqual([]);
  });

  test("names no method that src/slack does not call", () => {
    const ours = botMethods.filter(({ by }) => by === undefined).map(({ method }) => method);
    expect(ours.filter((method) => !used.some((use) => use.method === method))).toEqual([]);
  });

  test("leaves no way round it", () => {
    expect(sources.filter((path) => /filesUpload(?:V2)?\b|chatStream\b/.test(read(path)))).toEqual([]);
  });
});

describe("listeners", () => {
  const text = globSync("src/slack/**/*.ts", { cwd: root }).map(read).join("\n");
  const named = (method: string): string[] =>
    [...text.matchAll(new RegExp(`\\bapp\\.${method}\\(\\s*["'\`]([^"'\`]+)["'\`]`, "g"))].flatMap(
      ([, name]) => name ?? [],
    );

  test("are for events that are subscribed to", () => {
    const types = new Set(botEvents.map((event) => event.replace(/^message\..*/, "message")));
    expect(named("event").filter((name) => !types.has(name))).toEqual([]);
  });

  test("are for commands that exist", () => {
    expect(named("command").filter((name) => !botCommands.includes(name))).toEqual([]);
  });
});
