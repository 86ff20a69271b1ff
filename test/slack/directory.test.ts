import { WebClient } from "@slack/web-api";
import { describe, expect, test } from "vitest";
import { askPerson, Directory } from "../../src/slack/directory.ts";

const alice = { id: "U1", name: "alice", profile: { display_name: "Alice" } };
const bob = { id: "U2", name: "bob", real_name: "Bob", is_restricted: true };
const { signal } = new AbortController();
const carol = { id: "U3", name: "carol" };

/** Slack, which answers each call with what `slack` gives for it. */
function directory(slack: (method: string, args: URLSearchParams) => object) {
  const asked: string[] = [];
  let now = 0;
  const client = new WebClient("xoxb-1", {
    retryConfig: { retries: 0 },
    fetch: async (input, init) => {
      const method = new URL(input instanceof Request ? input.url : input).pathname.replace("/api/", "");
      asked.push(method);
      return Response.json(
        slack(method, new URLSearchParams(typeof init?.body === "string" ? init.body : "")),
      );
    },
  });
  const clock = { now: () => now, sleepUntil: async () => {} };
  const opened = new Directory({ client, clock, log: { warn: () => {} } });
  return { asked, later: (ms: number) => (now += ms), client, directory: opened };
}

describe("the directory", () => {
  test("is read page by page, and then nobody in it is asked for", async () => {
    const of = directory((_method, args) =>
      args.get("cursor") === "next"
        ? { ok: true, members: [carol] }
        : { ok: true, members: [alice, bob], response_metadata: { next_cursor: "next" } },
    );
    await of.directory.read(signal);
    expect(await Promise.all(["U1", "U2", "U3"].map((id) => askPerson(of, id)))).toMatchObject([
      { name: "Alice" },
      { name: "Bob" },
      { name: "carol" },
    ]);
    expect(of.asked).toEqual(["users.list", "users.list"]);
  });

  test("is as long as Slack tells; the rest are asked for one by one", async () => {
    const of = directory((method, args) => {
      if (method === "users.info") return { ok: true, user: carol };
      return args.has("cursor")
        ? { ok: false, error: "limit_required" }
        : { ok: true, members: [alice], response_metadata: { next_cursor: "next" } };
    });
    await of.directory.read(signal);
    expect(await Promise.all(["U1", "U3"].map((id) => askPerson(of, id)))).toMatchObject([
      { name: "Alice" },
      { name: "carol" },
    ]);
    expect(of.asked).toEqual(["users.list", "users.list", "users.info"]);
  });

  test("says nothing of whom something was told while it was read, or since", async () => {
    const of = directory(() => {
      of.directory.forget("U1");
      return { ok: true, members: [alice, bob] };
    });
    await of.directory.read(signal);
    expect(of.directory.find("U1")).toBeUndefined();
    expect(of.directory.find("U2")).toEqual(bob);
    of.directory.forget("U2");
    expect(of.directory.find("U2")).toBeUndefined();
  });

  test("names people for ten minutes, and is not read again before", async () => {
    const of = directory((method) =>
      method === "users.list"
        ? { ok: true, members: [alice] }
        : { ok: true, user: { ...alice, profile: null } },
    );
    await of.directory.read(signal);
    await of.directory.read(signal);
    of.later(10 * 60_000 - 1);
    expect((await askPerson(of, "U1"))?.name).toBe("Alice");
    expect(of.asked).toEqual(["users.list"]);
    of.later(1);
    expect((await askPerson(of, "U1"))?.name).toBe("alice");
    await of.directory.read(signal);
    expect(of.asked).toEqual(["users.list", "users.info", "users.list"]);
  });

  test("passes over whom it cannot read", async () => {
    const of = directory(() => ({ ok: true, members: [{ id: "U9", is_restricted: "?" }, null, alice] }));
    await of.directory.read(signal);
    expect([of.directory.find("U9"), of.directory.find("U1")]).toEqual([undefined, alice]);
  });

  test("asks as its caller does: what Slack said of waiting and of the token counts", async () => {
    const of = directory(() => ({ ok: false, error: "token_revoked" }));
    const refused: string[] = [];
    const token = { refused: (error: string) => void refused.push(error), taken: () => {} };
    await expect(askPerson({ ...of, token }, "U1")).rejects.toThrow("token_revoked");
    expect(refused).toEqual(["token_revoked"]);
  });
});
