import { describe, expect, test } from "vitest";
import { must } from "../../../src/workspace/state/outcome.ts";
import { Bench } from "./bench.ts";

const names = (channels: { name?: string | undefined }[] | undefined) => channels?.map(({ name }) => name);

describe("conversations.list", () => {
  test("shows public channels, and of the private ones those that the bot is in", async () => {
    await using bench = await Bench.open();
    const client = bench.client();
    expect(names((await client.conversations.list()).channels)).toEqual(["ops", "lounge"]);
    const types = "public_channel,private_channel";
    expect(names((await client.conversations.list({ types })).channels)).toEqual(["ops", "lounge", "den"]);
  });

  test("filters after it has cut the page, so that a page can be empty though more follow", async () => {
    await using bench = await Bench.open();
    const list = (cursor?: string) =>
      bench
        .client()
        .conversations.list({ limit: 1, types: "private_channel", ...(cursor !== undefined && { cursor }) });
    const first = await list();
    expect(first.channels).toEqual([]);
    const second = await list(first.response_metadata?.next_cursor);
    const third = await list(second.response_metadata?.next_cursor);
    expect(names(third.channels)).toEqual(["den"]);
    expect(third.response_metadata?.next_cursor).toBe("");
  });

  test("leaves archived channels out when asked", async () => {
    await using bench = await Bench.open();
    must(bench.state.archive(bench.lounge.id, bench.alice.id));
    const client = bench.client();
    expect(names((await client.conversations.list()).channels)).toContain("lounge");
    expect(names((await client.conversations.list({ exclude_archived: true })).channels)).toEqual(["ops"]);
  });

  test.each(["conversations.list", "users.conversations"])(
    "%s refuses wrong types, limits and cursors",
    async (method) => {
      await using bench = await Bench.open();
      expect(await bench.verdict(method, { types: "channels" })).toBe("invalid_types");
      expect(await bench.verdict(method, { types: "toString" })).toBe("invalid_types");
      expect(await bench.verdict(method, { types: "mpim" })).toBe("missing_scope");
      expect(await bench.verdict(method, { limit: 999 })).toBe("ok");
      expect(await bench.verdict(method, { limit: 1000 })).toBe("invalid_limit");
      expect(await bench.verdict(method, { limit: 0 })).toBe("invalid_limit");
      expect(await bench.verdict(method, { limit: "many" })).toBe("invalid_limit");
      expect(await bench.verdict(method, { cursor: "bm9uc2Vuc2U=" })).toBe("invalid_cursor");
    },
  );
});

describe("users.conversations", () => {
  test("shows where the bot is, page by page", async () => {
    await using bench = await Bench.open();
    const seen: (string | undefined)[] = [];
    const pages = bench
      .client()
      .paginate("users.conversations", { limit: 1, types: "public_channel,private_channel" });
    for await (const page of pages) {
      for (const channel of (page as { channels?: { name?: string }[] }).channels ?? [])
        seen.push(channel.name);
    }
    expect(seen).toEqual(["ops", "den"]);
  });

  test("shows of somebody else's private channels only the shared ones", async () => {
    await using bench = await Bench.open();
    const { channels } = await bench
      .client()
      .users.conversations({ user: bench.alice.id, types: "public_channel,private_channel" });
    expect(names(channels)).toEqual(["ops", "lounge", "den"]);
    expect(await bench.verdict("users.conversations", { user: "U0NOBODY" })).toBe("user_not_found");
  });

  test("tells direct messages by their other end", async () => {
    await using bench = await Bench.open();
    bench.state.openDirectMessage(bench.bot, bench.bob.id);
    const { channels } = await bench.client().users.conversations({ types: "im" });
    expect(channels).toMatchObject([{ is_im: true, user: bench.bob.id }]);
  });
});

describe("conversations.members", () => {
  test("lists ids, page by page", async () => {
    await using bench = await Bench.open();
    const first = await bench.client().conversations.members({ channel: bench.ops.id, limit: 1 });
    expect(first.members).toEqual([bench.alice.id]);
    const cursor = first.response_metadata?.next_cursor ?? "";
    const second = await bench.client().conversations.members({ channel: bench.ops.id, cursor });
    expect(second.members).toEqual([bench.bot]);
    expect(second.response_metadata?.next_cursor).toBe("");
  });

  test("is refused for what the bot cannot see and for wrong pages", async () => {
    await using bench = await Bench.open();
    const members = (args: Record<string, unknown>) => bench.verdict("conversations.members", args);
    expect(await members({ channel: bench.lounge.id, limit: 1000 })).toBe("ok");
    expect(await members({ channel: bench.vault.id })).toBe("channel_not_found");
    expect(await members({ channel: bench.ops.id, limit: 1001 })).toBe("invalid_limit");
    expect(await members({ channel: bench.ops.id, cursor: "x" })).toBe("invalid_cursor");
  });
});

describe("users.info", () => {
  test("shows a person with time zone, and a bot as one", async () => {
    await using bench = await Bench.open();
    const info = async (user: string) => (await bench.client().users.info({ user })).user;
    expect(await info(bench.bob.id)).toMatchObject({
      name: "bob",
      real_name: "Bob",
      tz: "Europe/Berlin",
      tz_offset: 3600,
      deleted: false,
      is_bot: false,
      profile: { display_name: "bob" },
    });
    expect(await info(bench.bot)).toMatchObject({ is_bot: true, real_name: "Sitrep" });
  });

  test("does not know strangers", async () => {
    await using bench = await Bench.open();
    expect(await bench.verdict("users.info", { user: "U0NOBODY" })).toBe("user_not_found");
    expect(await bench.verdict("users.info")).toBe("user_not_found");
  });
});

describe("users.list", () => {
  test("shows everybody, page by page, as users.info shows each", async () => {
    await using bench = await Bench.open();
    const { users } = bench.client();
    const first = await users.list({ limit: 2 });
    const cursor = first.response_metadata?.next_cursor ?? "";
    const rest = await users.list({ limit: 1000, cursor });
    expect(first.members).toHaveLength(2);
    expect(rest.response_metadata?.next_cursor).toBe("");
    const members = [...(first.members ?? []), ...(rest.members ?? [])];
    expect(members.map(({ id }) => id)).toEqual(
      expect.arrayContaining([bench.alice.id, bench.bob.id, bench.bot]),
    );
    expect((await users.list({})).members).toEqual(members);
    expect(members).toContainEqual((await users.info({ user: bench.bob.id })).user);
  });

  test("refuses limits and cursors that it does not know", async () => {
    await using bench = await Bench.open();
    expect(await bench.verdict("users.list", { limit: 1001 })).toBe("invalid_limit");
    expect(await bench.verdict("users.list", { cursor: "x" })).toBe("invalid_cursor");
  });
});
