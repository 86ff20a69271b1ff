import { describe, expect, test } from "vitest";
import { Bench } from "./bench.ts";

describe("user groups", () => {
  test("are not part of a free plan", async () => {
    await using bench = await Bench.open();
    expect(await bench.verdict("usergroups.list")).toBe("plan_upgrade_required");
    expect(await bench.verdict("usergroups.users.list", { usergroup: "S0X" })).toBe("plan_upgrade_required");
  });

  test("are listed with as much as was asked for", async () => {
    await using bench = await Bench.open();
    const group = bench.state.setGroup("sre", [bench.alice.id, bench.bob.id]);
    const list = async (args: Record<string, unknown> = {}) =>
      (await bench.call("usergroups.list", args))["usergroups"];
    const bare = { id: group.id, handle: "sre", name: "sre" };
    expect(await list()).toEqual([expect.not.objectContaining({ users: expect.anything() })]);
    expect(await list()).toMatchObject([bare]);
    expect(await list({ include_users: true, include_count: true })).toMatchObject([
      { ...bare, users: [bench.alice.id, bench.bob.id], user_count: 2 },
    ]);
  });

  test("tell who is in them, without the deactivated", async () => {
    await using bench = await Bench.open();
    const group = bench.state.setGroup("sre", [bench.alice.id, bench.bob.id]);
    bench.state.deactivate(bench.bob);
    const members = (usergroup: string) => bench.call("usergroups.users.list", { usergroup });
    expect(await members(group.id)).toMatchObject({ ok: true, users: [bench.alice.id] });
    expect(await members("S0NOBODY")).toMatchObject({ ok: false, error: "no_such_subteam" });
  });

  test("need their scope", async () => {
    await using bench = await Bench.open({ without: ["usergroups:read"] });
    expect(await bench.verdict("usergroups.list")).toBe("missing_scope");
  });

  test("tell by an event who came and who went", async () => {
    await using bench = await Bench.open();
    bench.state.setGroup("sre", [bench.alice.id]);
    bench.drained();
    const { id } = bench.state.setGroup("sre", [bench.bob.id]);
    expect(bench.drained().map(({ event }) => event)).toMatchObject([
      {
        type: "subteam_members_changed",
        subteam_id: id,
        added_users: [bench.bob.id],
        removed_users: [bench.alice.id],
      },
    ]);
  });
});

describe("dnd.info", () => {
  const shown = async (bench: Bench, user: string) => {
    const { ok: _, warning: __, response_metadata: ___, ...rest } = await bench.call("dnd.info", { user });
    return rest;
  };

  test("tells a pause, a schedule, and neither", async () => {
    await using bench = await Bench.open();
    const now = bench.clock.now();
    const none = { dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1, snooze_enabled: false };
    expect(await shown(bench, bench.alice.id)).toEqual(none);
    bench.state.pauseNotifications(bench.alice, now + 3_600_000);
    expect(await shown(bench, bench.alice.id)).toEqual({
      ...none,
      snooze_enabled: true,
      snooze_endtime: now / 1000 + 3600,
      snooze_remaining: 3600,
    });
    bench.bob.doNotDisturb = { from: now - 60_000, to: now + 60_000, snoozed: false };
    expect(await shown(bench, bench.bob.id)).toEqual({
      dnd_enabled: true,
      next_dnd_start_ts: now / 1000 - 60,
      next_dnd_end_ts: now / 1000 + 60,
      snooze_enabled: false,
    });
    bench.clock.at = now + 3_600_000;
    expect(await shown(bench, bench.alice.id)).toEqual(none);
  });

  test("wants somebody who exists, and its scope", async () => {
    await using bench = await Bench.open();
    expect(await bench.verdict("dnd.info", { user: "U0NOBODY" })).toBe("user_not_found");
    await using without = await Bench.open({ without: ["dnd:read"] });
    expect(await without.verdict("dnd.info", { user: without.alice.id })).toBe("missing_scope");
  });
});

test("users.info tells guests, strangers and the deactivated", async () => {
  await using bench = await Bench.open();
  const guest = bench.state.addPerson({ name: "guest", restricted: true });
  const stranger = bench.state.addPerson({ name: "stranger", stranger: true });
  bench.state.deactivate(bench.bob);
  const user = async (id: string) => (await bench.call("users.info", { user: id }))["user"];
  expect(await user(guest.id)).toMatchObject({ is_restricted: true });
  expect(await user(stranger.id)).toMatchObject({ is_restricted: false, is_stranger: true });
  expect(await user(bench.bob.id)).toMatchObject({ deleted: true });
  expect(bench.drained().at(-1)).toMatchObject({
    subscription: "user_change",
    event: { user: { deleted: true } },
  });
  expect(await bench.verdict("conversations.open", { users: bench.bob.id })).toBe("user_disabled");
});
