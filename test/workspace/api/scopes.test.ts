import { describe, expect, test } from "vitest";
import { commonErrors, methodScopes, methodTable } from "../../../src/workspace/methods.ts";
import { Bench } from "./bench.ts";

describe("the method table", () => {
  test("cites Slack's page for each method", () => {
    for (const [method, { source }] of methodTable) {
      expect(source).toBe(`https://docs.slack.dev/reference/methods/${method}`);
    }
  });

  test("names a method's own errors apart from the common ones", () => {
    for (const [method, { errors }] of methodTable) {
      expect([method, errors.filter((error) => commonErrors.has(error))]).toEqual([method, []]);
    }
  });

  test("lists scopes by the kind of conversation", () => {
    expect(methodScopes("conversations.create")).toEqual({
      public: ["channels:manage"],
      private: ["groups:write"],
      im: [],
      any: [],
      also: {},
    });
    expect(() => methodScopes("chat.nothing")).toThrow("chat.nothing");
  });
});

// [what is called, the scope without which it is refused, what the refusal says is needed]
const cases: [string, (bench: Bench) => Record<string, unknown>, string, string][] = [
  ["conversations.create", () => ({ name: "a" }), "channels:manage", "channels:manage"],
  ["conversations.create", () => ({ name: "a", is_private: true }), "groups:write", "groups:write"],
  ["conversations.join", ({ lounge }) => ({ channel: lounge.id }), "channels:join", "channels:join"],
  ["conversations.info", ({ ops }) => ({ channel: ops.id }), "channels:read", "channels:read"],
  ["conversations.info", ({ den }) => ({ channel: den.id }), "groups:read", "groups:read"],
  ["conversations.list", () => ({}), "channels:read", "channels:read"],
  ["conversations.list", () => ({ types: "private_channel" }), "groups:read", "groups:read"],
  ["conversations.list", () => ({ types: "im" }), "im:read", "im:read"],
  ["conversations.members", ({ ops }) => ({ channel: ops.id }), "channels:read", "channels:read"],
  ["conversations.history", ({ ops }) => ({ channel: ops.id }), "channels:history", "channels:history"],
  ["conversations.history", ({ den }) => ({ channel: den.id }), "groups:history", "groups:history"],
  ["conversations.open", ({ alice }) => ({ users: alice.id }), "im:write", "im:write"],
  ["users.conversations", () => ({}), "channels:read", "channels:read"],
  ["users.info", ({ alice }) => ({ user: alice.id }), "users:read", "users:read"],
  ["users.list", () => ({}), "users:read", "users:read"],
  ["chat.postMessage", ({ ops }) => ({ channel: ops.id, text: "a" }), "chat:write", "chat:write"],
  [
    "reactions.add",
    (bench) => ({ channel: bench.ops.id, timestamp: bench.says(bench.ops, "a"), name: "eyes" }),
    "reactions:write",
    "reactions:write",
  ],
  [
    "pins.add",
    (bench) => ({ channel: bench.ops.id, timestamp: bench.says(bench.ops, "a") }),
    "pins:write",
    "pins:write",
  ],
  ["files.getUploadURLExternal", () => ({ filename: "a.md", length: 1 }), "files:write", "files:write"],
];

describe("a scope", () => {
  test.each(cases)("%s passes with it and is refused without it", async (method, args, scope, needed) => {
    await using granted = await Bench.open();
    expect(await granted.verdict(method, args(granted))).toBe("ok");
    await using bare = await Bench.open({ without: [scope] });
    const answer = await bare.call(method, args(bare));
    expect(answer).toMatchObject({ error: "missing_scope", needed });
    expect(answer["provided"]).toBe([...bare.installation.scopes].join(","));
  });

  test("may be one of several for invitations", async () => {
    const invite = async (without: string[], kind: "ops" | "den") => {
      await using bench = await Bench.open({ without });
      return await bench.verdict("conversations.invite", { channel: bench[kind].id, users: bench.bob.id });
    };
    expect(await invite(["channels:manage"], "ops")).toBe("ok");
    expect(await invite(["channels:manage", "channels:write.invites"], "ops")).toBe("missing_scope");
    expect(await invite(["groups:write"], "den")).toBe("ok");
    expect(await invite(["groups:write", "groups:write.invites"], "den")).toBe("missing_scope");
  });

  test("for metadata decides whether it is shown, not whether the call passes", async () => {
    const read = async (without: string[], include_all_metadata: boolean) => {
      await using bench = await Bench.open({ without });
      const metadata = { event_type: "sitrep_effect", event_payload: { key: "42:card:post" } };
      await bench.posts(bench.ops, { text: "card", metadata });
      const answer = await bench
        .client()
        .conversations.history({ channel: bench.ops.id, limit: 1, include_all_metadata });
      return answer.messages?.[0]?.metadata;
    };
    expect(await read([], true)).toMatchObject({ event_type: "sitrep_effect" });
    expect(await read([], false)).toBeUndefined();
    expect(await read(["metadata.message:read"], true)).toBeUndefined();
  });
});
