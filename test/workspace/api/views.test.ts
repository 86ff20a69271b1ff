import { describe, expect, test } from "vitest";
import { must } from "../../../src/workspace/state/outcome.ts";
import { Bench } from "./bench.ts";

const plain = (text: string) => ({ type: "plain_text" as const, text });
const input = (block_id: string, action_id: string) => ({
  type: "input" as const,
  block_id,
  label: plain("Title"),
  element: { type: "plain_text_input" as const, action_id },
});
const modal = (more: Record<string, unknown> = {}) => ({
  type: "modal" as const,
  title: plain("Declare"),
  submit: plain("Go"),
  blocks: [input("title", "v")],
  ...more,
});

const open = (bench: Bench, view: unknown, trigger_id = bench.triggers.issue(bench.alice.id)) =>
  bench.call("views.open", { trigger_id, view });

async function opened(bench: Bench, view: Record<string, unknown> = modal()) {
  const answer = await open(bench, view);
  return { id: "", hash: "", ...(answer["view"] as { id?: string; hash?: string }) };
}

describe("views.open", () => {
  test("shows the view to whom the trigger belongs", async () => {
    await using bench = await Bench.open();
    const view = await opened(bench, modal({ callback_id: "declare", private_metadata: "{}" }));
    expect(view).toMatchObject({
      id: expect.stringMatching(/^V/),
      team_id: bench.installation.teamId,
      type: "modal",
      callback_id: "declare",
      private_metadata: "{}",
      root_view_id: view.id,
      previous_view_id: null,
      app_id: bench.installation.appId,
      bot_id: bench.installation.botId,
      state: { values: {} },
      hash: expect.stringMatching(/^1708007400\.[0-9a-f]{8}$/),
      blocks: [{ block_id: "title" }],
    });
    expect(bench.state.topView(bench.alice.id)?.id).toBe(view.id);
  });

  test("takes a trigger once, and only one that Slack issued", async () => {
    await using bench = await Bench.open();
    const trigger = bench.triggers.issue(bench.alice.id);
    expect((await open(bench, modal(), trigger)).ok).toBe(true);
    expect((await open(bench, modal(), trigger)).error).toBe("exchanged_trigger_id");
    expect((await open(bench, modal(), "1.2.abc")).error).toBe("invalid_trigger_id");
    expect((await open(bench, modal(), "")).error).toBe("invalid_arguments");
  });

  test("refuses a trigger that has aged", async () => {
    await using bench = await Bench.open({ triggerLife: 0 });
    expect((await open(bench, modal())).error).toBe("expired_trigger_id");
  });

  test("refuses a wrong view with the reasons, and what is not a modal", async () => {
    await using bench = await Bench.open();
    expect((await open(bench, modal({ title: plain("x".repeat(24)) }))).ok).toBe(true);
    expect(await open(bench, modal({ title: plain("x".repeat(25)) }))).toMatchObject({
      error: "invalid_arguments",
      response_metadata: { messages: [expect.stringContaining("json-pointer:/view/title")] },
    });
    expect((await open(bench, { type: "home", blocks: [] })).error).toBe("invalid_arguments");
    expect((await open(bench, "{")).error).toBe("invalid_arguments");
  });

  test("refuses a view above 250 kB", async () => {
    await using bench = await Bench.open();
    const blocks = (count: number) =>
      Array.from({ length: count }, () => ({ type: "section", text: plain("x".repeat(2990)) }));
    expect((await open(bench, modal({ blocks: blocks(80) }))).ok).toBe(true);
    expect((await open(bench, modal({ blocks: blocks(84) }))).error).toBe("view_too_large");
  });

  test("wants an external id to be new in the team", async () => {
    await using bench = await Bench.open();
    expect((await open(bench, modal({ external_id: "one" }))).ok).toBe(true);
    expect((await open(bench, modal({ external_id: "two" }))).ok).toBe(true);
    expect((await open(bench, modal({ external_id: "one" }))).error).toBe("duplicate_external_id");
  });
});

describe("views.update", () => {
  const update = (bench: Bench, args: Record<string, unknown>) =>
    bench.call("views.update", { view: modal({ title: plain("Later") }), ...args });

  test("changes the view and its hash, by id or external id, without a trigger", async () => {
    await using bench = await Bench.open();
    const { id, hash } = await opened(bench, modal({ external_id: "one" }));
    const byId = await update(bench, {
      view_id: id,
      view: modal({ external_id: "one", title: plain("Later") }),
    });
    expect(byId).toMatchObject({ ok: true, view: { id, title: { text: "Later" } } });
    expect(byId["view"]).not.toMatchObject({ hash });
    expect(await update(bench, { external_id: "one" })).toMatchObject({ ok: true, view: { id } });
  });

  test("refuses a stale hash", async () => {
    await using bench = await Bench.open();
    const { id, hash } = await opened(bench);
    expect((await update(bench, { view_id: id, hash })).ok).toBe(true);
    expect((await update(bench, { view_id: id, hash })).error).toBe("hash_conflict");
    expect((await update(bench, { view_id: id })).ok).toBe(true);
  });

  test("does not find what is closed or never was", async () => {
    await using bench = await Bench.open();
    const { id } = await opened(bench);
    bench.state.closeView(id);
    expect((await update(bench, { view_id: id })).error).toBe("not_found");
    expect((await update(bench, { external_id: "none" })).error).toBe("not_found");
    expect((await update(bench, {})).error).toBe("invalid_arguments");
  });

  test("refuses another view's external id and a view too large", async () => {
    await using bench = await Bench.open();
    await opened(bench, modal({ external_id: "one" }));
    const { id } = await opened(bench);
    const view = modal({ external_id: "one" });
    expect((await update(bench, { view_id: id, view })).error).toBe("duplicate_external_id");
    const large = modal({ private_metadata: "x".repeat(250_000) });
    expect((await update(bench, { view_id: id, view: large })).error).toBe("view_too_large");
  });

  test("keeps what was typed where block and action keep their ids", async () => {
    await using bench = await Bench.open();
    const { id } = await opened(bench, modal({ blocks: [input("a", "v"), input("b", "v")] }));
    const shown = bench.state.views.get(id);
    if (!shown) throw new Error("the view is open");
    const typed = { type: "plain_text_input", value: "typed" };
    shown.values = { a: { v: typed }, b: { v: typed } };
    const answer = await update(bench, {
      view_id: id,
      view: modal({ blocks: [input("a", "v"), input("b", "other")] }),
    });
    expect(answer["view"]).toMatchObject({ state: { values: { a: { v: typed } } } });
    expect(shown.values).toEqual({ a: { v: typed } });
  });
});

describe("a stack of views", () => {
  test("holds three and not four", async () => {
    await using bench = await Bench.open();
    const { id } = await opened(bench);
    const second = must(bench.state.pushView(id, modal()));
    const third = must(bench.state.pushView(second.id, modal()));
    expect(third).toMatchObject({ rootId: id, previousId: second.id });
    expect(bench.state.pushView(third.id, modal())).toEqual({ ok: false, error: "push_limit_reached" });
    bench.state.closeView(second.id);
    expect([...bench.state.views.keys()]).toEqual([id]);
  });
});

describe("views.push", () => {
  const push = (bench: Bench, trigger_id = bench.triggers.issue(bench.alice.id)) =>
    bench.call("views.push", { trigger_id, view: modal({ callback_id: "above" }) });

  test("lays a view on the open one, three at most", async () => {
    await using bench = await Bench.open();
    const below = await opened(bench);
    expect(await push(bench)).toMatchObject({
      ok: true,
      view: { callback_id: "above", root_view_id: below.id, previous_view_id: below.id },
    });
    expect((await push(bench)).ok).toBe(true);
    expect((await push(bench)).error).toBe("push_limit_reached");
  });

  test("wants an open view and a fresh trigger", async () => {
    await using bench = await Bench.open();
    expect((await push(bench)).error).toBe("not_found");
    expect((await push(bench, "1.2.abc")).error).toBe("invalid_trigger_id");
  });
});

describe("views.publish", () => {
  const home = { type: "home", blocks: [{ type: "divider" }] };
  const publish = (bench: Bench, args: Record<string, unknown> = {}) =>
    bench.call("views.publish", { user_id: bench.alice.id, view: home, ...args });

  test("shows a person her home, and keeps its id", async () => {
    await using bench = await Bench.open();
    const first = await publish(bench);
    expect(first).toMatchObject({ ok: true, view: { type: "home", id: expect.stringMatching(/^V/) } });
    const id = bench.state.homes.get(bench.alice.id)?.id;
    expect(await publish(bench)).toMatchObject({ view: { id } });
    expect(bench.state.topView(bench.alice.id)).toBeUndefined();
  });

  test("refuses a stale hash, a modal, a stranger and too much", async () => {
    await using bench = await Bench.open();
    await publish(bench);
    const hash = bench.state.homes.get(bench.alice.id)?.hash;
    expect((await publish(bench, { hash })).ok).toBe(true);
    expect((await publish(bench, { hash })).error).toBe("hash_conflict");
    expect((await publish(bench, { view: modal() })).error).toBe("invalid_arguments");
    expect((await open(bench, home)).error).toBe("invalid_arguments");
    expect((await publish(bench, { user_id: "U0NOBODY" })).error).toBe("invalid_arguments");
    const blocks = Array.from({ length: 101 }, () => ({ type: "divider" }));
    expect((await publish(bench, { view: { type: "home", blocks } })).error).toBe("invalid_arguments");
  });

  test("is refused where the manifest has no Home tab", async () => {
    await using bench = await Bench.open();
    bench.installation.homeTab = false;
    expect((await publish(bench)).error).toBe("not_enabled");
  });
});
