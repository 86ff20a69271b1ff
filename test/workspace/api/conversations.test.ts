import { describe, expect, test } from "vitest";
import { must } from "../../../src/workspace/state/outcome.ts";
import { Bench } from "./bench.ts";

describe("conversations.create", () => {
  test("makes a channel with the bot in it", async () => {
    await using bench = await Bench.open();
    const { channel } = await bench.client().conversations.create({ name: "inc-1-checkout_500s" });
    expect(channel).toMatchObject({
      name: "inc-1-checkout_500s",
      creator: bench.bot,
      is_member: true,
      is_private: false,
      is_archived: false,
      created: 1708007400,
    });
    expect(channel?.id).toMatch(/^C[0-9A-Z]{10}$/);
  });

  test.each([
    ["ok", "a".repeat(80)],
    ["invalid_name_maxlength", "a".repeat(81)],
    ["ok", "a-b_2"],
    ["invalid_name_specials", "a b"],
    ["invalid_name_specials", "a.b"],
    ["invalid_name_specials", "Upper"],
    ["invalid_name_punctuation", "-_-"],
    ["invalid_name_required", ""],
    ["name_taken", "ops"],
    ["name_taken", "vault"],
  ])("answers %s to %s", async (verdict, name) => {
    await using bench = await Bench.open();
    expect(await bench.verdict("conversations.create", { name })).toBe(verdict);
  });

  test("finds the name taken even when its channel is archived", async () => {
    await using bench = await Bench.open();
    must(bench.state.archive(bench.lounge.id, bench.alice.id));
    expect(await bench.verdict("conversations.create", { name: "lounge" })).toBe("name_taken");
  });
});

describe("conversations.join", () => {
  test("joins a public channel, and warns when it is in already", async () => {
    await using bench = await Bench.open();
    const join = () => bench.client().conversations.join({ channel: bench.lounge.id });
    expect(await join()).toMatchObject({ ok: true, channel: { is_member: true } });
    expect(await join()).toMatchObject({
      ok: true,
      warning: "already_in_channel",
      response_metadata: { warnings: ["already_in_channel"] },
    });
  });

  test("is refused for private, archived, unknown and direct conversations", async () => {
    await using bench = await Bench.open();
    const join = (channel: string) => bench.verdict("conversations.join", { channel });
    must(bench.state.archive(bench.lounge.id, bench.alice.id));
    const { channel: direct } = bench.state.openDirectMessage(bench.bot, bench.alice.id);
    expect(await join(bench.vault.id)).toBe("channel_not_found");
    expect(await join("C0NOWHERE")).toBe("channel_not_found");
    expect(await join(bench.lounge.id)).toBe("is_archived");
    expect(await join(direct.id)).toBe("method_not_supported_for_channel_type");
  });
});

describe("conversations.invite", () => {
  const inviting = (bench: Bench, users: string, extra: Record<string, unknown> = {}) =>
    bench.call("conversations.invite", { channel: bench.ops.id, users, ...extra });

  test("brings people in", async () => {
    await using bench = await Bench.open();
    expect(await inviting(bench, bench.bob.id)).toMatchObject({ ok: true, channel: { name: "ops" } });
    expect(bench.ops.members.has(bench.bob.id)).toBe(true);
  });

  test("refuses whom it cannot invite", async () => {
    await using bench = await Bench.open();
    const gone = bench.state.addPerson({ name: "gone", deleted: true });
    expect((await inviting(bench, bench.alice.id)).error).toBe("already_in_channel");
    expect((await inviting(bench, bench.bot)).error).toBe("cant_invite_self");
    expect((await inviting(bench, gone.id)).error).toBe("cant_invite");
    expect((await inviting(bench, "U0NOBODY")).error).toBe("user_not_found");
    expect((await inviting(bench, "")).error).toBe("no_user");
    expect((await inviting(bench, ",")).error).toBe("no_user");
  });

  test("lets one bad id fail the call, unless forced", async () => {
    await using bench = await Bench.open();
    const users = `${bench.bob.id},U0NOBODY`;
    const errors = [{ user: "U0NOBODY", ok: false, error: "user_not_found" }];
    expect(await inviting(bench, users)).toMatchObject({ ok: false, error: "user_not_found", errors });
    expect(bench.ops.members.has(bench.bob.id)).toBe(false);
    expect(await inviting(bench, users, { force: true })).toMatchObject({ ok: true, errors });
    expect(bench.ops.members.has(bench.bob.id)).toBe(true);
    expect(await inviting(bench, "U0NOBODY", { force: true })).toMatchObject({ ok: false, errors });
  });

  test("takes 100 at once, not 101", async () => {
    await using bench = await Bench.open();
    const ids = Array.from({ length: 101 }, (_, i) => bench.state.addPerson({ name: `p${i}` }).id);
    expect((await inviting(bench, ids.join(","))).error).toBe("invalid_arguments");
    expect((await inviting(bench, ids.slice(1).join(","))).ok).toBe(true);
  });

  test("wants the bot in the channel, and the channel open", async () => {
    await using bench = await Bench.open();
    const into = (channel: string) => bench.verdict("conversations.invite", { channel, users: bench.bob.id });
    const { channel: direct } = bench.state.openDirectMessage(bench.bot, bench.alice.id);
    expect(await into(bench.lounge.id)).toBe("not_in_channel");
    expect(await into(bench.vault.id)).toBe("channel_not_found");
    expect(await into(direct.id)).toBe("method_not_supported_for_channel_type");
    must(bench.state.archive(bench.den.id, bench.alice.id));
    expect(await into(bench.den.id)).toBe("is_archived");
  });
});

describe("conversations.info", () => {
  test("shows what the bot can see", async () => {
    await using bench = await Bench.open();
    const info = (channel: string) =>
      bench.client().conversations.info({ channel, include_num_members: true });
    expect((await info(bench.lounge.id)).channel).toMatchObject({
      name: "lounge",
      is_member: false,
      num_members: 1,
    });
    expect((await info(bench.den.id)).channel).toMatchObject({
      is_private: true,
      is_member: true,
      num_members: 2,
    });
  });

  test("hides private channels that the bot is not in", async () => {
    await using bench = await Bench.open();
    expect(await bench.verdict("conversations.info", { channel: bench.vault.id })).toBe("channel_not_found");
    expect(await bench.verdict("conversations.info", { channel: "ops" })).toBe("channel_not_found");
  });
});

describe("conversations.open", () => {
  test("opens a direct message once and returns it ever after", async () => {
    await using bench = await Bench.open();
    const open = () => bench.client().conversations.open({ users: bench.alice.id });
    const first = await open();
    expect(first).toMatchObject({ ok: true, no_op: false, already_open: false });
    expect(first.channel?.id).toMatch(/^D/);
    expect(await open()).toMatchObject({ already_open: true, channel: { id: first.channel?.id } });
    const full = await bench
      .client()
      .conversations.open({ channel: first.channel?.id ?? "", return_im: true });
    expect(full.channel).toMatchObject({ is_im: true, user: bench.alice.id });
  });

  test("is refused for nobody, strangers, the deactivated, too many, and channels", async () => {
    await using bench = await Bench.open();
    const gone = bench.state.addPerson({ name: "gone", deleted: true });
    const open = (args: Record<string, unknown>) => bench.verdict("conversations.open", args);
    expect(await open({})).toBe("users_list_not_supplied");
    expect(await open({ users: "U0NOBODY" })).toBe("user_not_found");
    expect(await open({ users: gone.id })).toBe("user_disabled");
    expect(await open({ users: Array.from({ length: 9 }, (_, i) => `U${i}`).join(",") })).toBe(
      "too_many_users",
    );
    expect(await open({ channel: bench.vault.id })).toBe("channel_not_found");
    expect(await open({ channel: bench.ops.id })).toBe("method_not_supported_for_channel_type");
  });
});
