import { readFileSync } from "node:fs";
import { stringify } from "yaml";
import { describe, expect, test } from "vitest";
import { httpManifest, ManifestError, parseManifest } from "../../src/workspace/manifest.ts";

interface Draft {
  display_information: Record<string, unknown>;
  features: Record<string, unknown>;
  oauth_config: { scopes: { bot: string[] } };
  settings: Record<string, unknown>;
}

const draft = (): Draft => ({
  display_information: { name: "Sitrep" },
  features: {
    slash_commands: [{ command: "/incident", description: "Declare", should_escape: true }],
    shortcuts: [shortcut(1)],
  },
  oauth_config: { scopes: { bot: ["commands", "channels:history"] } },
  settings: {
    event_subscriptions: { bot_events: ["message.channels"] },
    interactivity: { is_enabled: true },
    socket_mode_enabled: true,
  },
});

const shortcut = (number: number) => ({
  name: `Shortcut ${number}`,
  type: "global",
  callback_id: `callback_${number}`,
  description: "Opens something",
});

function faultsOf(change: (manifest: Draft) => void): readonly string[] {
  const manifest = draft();
  change(manifest);
  try {
    parseManifest(stringify(manifest));
    return [];
  } catch (error) {
    if (error instanceof ManifestError) return error.faults;
    throw error;
  }
}

describe("parseManifest", () => {
  test("reads what an installation needs", () => {
    const manifest = parseManifest(stringify(draft()));
    expect(manifest).toEqual({
      name: "Sitrep",
      botName: "Sitrep",
      scopes: new Set(["commands", "channels:history"]),
      botEvents: new Set(["message.channels"]),
      commands: new Map([["/incident", { description: "Declare", escape: true }]]),
      shortcuts: new Map([["callback_1", { type: "global", name: "Shortcut 1" }]]),
      interactive: true,
      socketMode: true,
      homeTab: false,
      messagesTab: true,
    });
  });

  test("takes should_escape as false where it is left out, as Slack does", () => {
    const manifest = draft();
    manifest.features["slash_commands"] = [{ command: "/incident", description: "Declare" }];
    expect(parseManifest(stringify(manifest)).commands.get("/incident")?.escape).toBe(false);
  });

  const limits: [string, (manifest: Draft) => void, (manifest: Draft) => void, string][] = [
    [
      "a name of 35 characters",
      (m) => (m.display_information["name"] = "n".repeat(35)),
      (m) => (m.display_information["name"] = "n".repeat(36)),
      "display_information.name",
    ],
    [
      "a description of 140 characters",
      (m) => (m.display_information["description"] = "d".repeat(140)),
      (m) => (m.display_information["description"] = "d".repeat(141)),
      "display_information.description",
    ],
    [
      "a long description of 175 characters",
      (m) => (m.display_information["long_description"] = "d".repeat(175)),
      (m) => (m.display_information["long_description"] = "d".repeat(174)),
      "display_information.long_description",
    ],
    [
      "a command of 32 characters",
      (m) => (m.features["slash_commands"] = [{ command: `/${"c".repeat(31)}`, description: "d" }]),
      (m) => (m.features["slash_commands"] = [{ command: `/${"c".repeat(32)}`, description: "d" }]),
      "features.slash_commands[0].command",
    ],
    [
      "a bot name of 80 characters",
      (m) => (m.features["bot_user"] = { display_name: "b".repeat(80) }),
      (m) => (m.features["bot_user"] = { display_name: "b".repeat(81) }),
      "features.bot_user.display_name",
    ],
    [
      "ten shortcuts",
      (m) => (m.features["shortcuts"] = Array.from({ length: 10 }, (_, index) => shortcut(index))),
      (m) => (m.features["shortcuts"] = Array.from({ length: 11 }, (_, index) => shortcut(index))),
      "features.shortcuts",
    ],
    [
      "a shortcut's name of 24 characters",
      (m) => (m.features["shortcuts"] = [{ ...shortcut(1), name: "s".repeat(24) }]),
      (m) => (m.features["shortcuts"] = [{ ...shortcut(1), name: "s".repeat(25) }]),
      "features.shortcuts[0].name",
    ],
    [
      "fifty commands",
      (m) =>
        (m.features["slash_commands"] = Array.from({ length: 50 }, (_, index) => ({
          command: `/c${index}`,
          description: "d",
        }))),
      (m) =>
        (m.features["slash_commands"] = Array.from({ length: 51 }, (_, index) => ({
          command: `/c${index}`,
          description: "d",
        }))),
      "features.slash_commands",
    ],
  ];
  test.each(limits)("takes %s and nothing beyond", (_name, allowed, refused, path) => {
    expect(faultsOf(allowed)).toEqual([]);
    expect(faultsOf(refused)).toEqual([
      expect.stringMatching(new RegExp(`^${path.replace(/[[\].]/g, "\\$&")}: `)),
    ]);
  });

  const refusals: [string, (manifest: Draft) => void, string][] = [
    ["a misspelt key", (m) => (m.settings["socketmode"] = true), "settings: "],
    ["a manifest without a name", (m) => (m.display_information = {}), "display_information.name: "],
    ["an empty list of shortcuts", (m) => (m.features["shortcuts"] = []), "features.shortcuts: "],
    [
      "a command without its slash",
      (m) => (m.features["slash_commands"] = [{ command: "incident", description: "d" }]),
      "features.slash_commands[0].command: ",
    ],
    [
      "an unknown scope",
      (m) => m.oauth_config.scopes.bot.push("channels:wirte"),
      "oauth_config.scopes.bot[2]: unknown scope channels:wirte",
    ],
    [
      "an unknown event",
      (m) => (m.settings["event_subscriptions"] = { bot_events: ["message"] }),
      "settings.event_subscriptions.bot_events[0]: unknown event message",
    ],
    [
      "an event twice",
      (m) => (m.settings["event_subscriptions"] = { bot_events: ["message.channels", "message.channels"] }),
      "settings.event_subscriptions.bot_events: ",
    ],
    [
      "an event without its scope",
      (m) => (m.settings["event_subscriptions"] = { bot_events: ["reaction_added"] }),
      "settings.event_subscriptions.bot_events[0]: reaction_added needs the scope reactions:read",
    ],
    [
      "commands without the scope commands",
      (m) => {
        m.oauth_config.scopes.bot = ["channels:history"];
        delete m.features["shortcuts"];
      },
      "features.slash_commands: needs the scope commands",
    ],
    [
      "shortcuts without interactivity",
      (m) => delete m.settings["interactivity"],
      "features.shortcuts: needs settings.interactivity",
    ],
  ];
  test.each(refusals)("refuses %s", (_name, change, fault) => {
    const faults = faultsOf(change);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.startsWith(fault)).toBe(true);
  });

  test("takes an event whose scope is one of several", () => {
    const joined = (m: Draft): void => {
      m.settings["event_subscriptions"] = { bot_events: ["member_joined_channel"] };
    };
    expect(faultsOf(joined)).toHaveLength(1);
    expect(
      faultsOf((m) => {
        joined(m);
        m.oauth_config.scopes.bot.push("groups:read");
      }),
    ).toEqual([]);
  });

  test("asks for addresses where Socket Mode is off, all at once", () => {
    expect(faultsOf((m) => (m.settings["socket_mode_enabled"] = false))).toEqual([
      "settings.event_subscriptions: Event Subscription requires either Request URL or Socket Mode Enabled",
      "settings.interactivity: needs a request_url or Socket Mode",
      "features.slash_commands[0]: /incident needs a url or Socket Mode",
    ]);
  });

  test("refuses what is not YAML", () => {
    expect(() => parseManifest("a: [")).toThrow(ManifestError);
  });
});

describe("httpManifest", () => {
  test("turns the bot's manifest into one that Slack accepts without Socket Mode", () => {
    const source = readFileSync(`${import.meta.dirname}/../../manifest.yml`, "utf8");
    const socket = parseManifest(source);
    const http = parseManifest(httpManifest(source, "https://sitrep.example.com/"));
    const url = "https://sitrep.example.com/slack/events";
    expect(socket.socketMode).toBe(true);
    expect(http).toEqual({
      ...socket,
      socketMode: false,
      eventsUrl: url,
      interactivityUrl: url,
      commands: new Map([...socket.commands].map(([name, command]) => [name, { ...command, url }])),
    });
  });
});
