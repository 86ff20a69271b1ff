import { expect, test } from "vitest";
import { must } from "../../../src/workspace/state/outcome.ts";
import { Bench } from "./bench.ts";

const link = { title: "Post-mortem", type: "link", link: "https://acme.test/pm" };

test("bookmarks are added as often as asked, and listed", async () => {
  await using bench = await Bench.open();
  const add = (more: Record<string, unknown> = {}) =>
    bench.call("bookmarks.add", { channel_id: bench.ops.id, ...link, ...more });
  expect(await add()).toMatchObject({ ok: true, bookmark: { title: "Post-mortem", link: link.link } });
  expect(await add({ emoji: ":memo:" })).toMatchObject({ bookmark: { emoji: ":memo:" } });
  const { bookmarks } = await bench.client().bookmarks.list({ channel_id: bench.ops.id });
  expect(bookmarks?.map(({ title }) => title)).toEqual(["Post-mortem", "Post-mortem"]);
});

test("a bookmark wants a link, a member, an open channel and its scope", async () => {
  await using bench = await Bench.open();
  const add = (more: Record<string, unknown>) =>
    bench.verdict("bookmarks.add", { channel_id: bench.ops.id, ...link, ...more });
  expect(await add({ link: "acme" })).toBe("invalid_link");
  expect(await add({ link: "" })).toBe("invalid_link");
  expect(await add({ title: "" })).toBe("invalid_arguments");
  expect(await add({ type: "folder" })).toBe("invalid_arguments");
  expect(await add({ channel_id: bench.lounge.id })).toBe("permission_denied");
  expect(await add({ channel_id: bench.vault.id })).toBe("channel_not_found");
  for (let i = 0; i < 100; i += 1) await add({});
  expect(await add({})).toBe("too_many_bookmarks");
  must(bench.state.archive(bench.den.id, bench.alice.id));
  expect(await add({ channel_id: bench.den.id })).toBe("permission_denied");
  await using without = await Bench.open({ without: ["bookmarks:write"] });
  expect(await without.verdict("bookmarks.add", { channel_id: without.ops.id, ...link })).toBe(
    "missing_scope",
  );
});
