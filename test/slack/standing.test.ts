import { WebClient } from "@slack/web-api";
import { describe, expect, test } from "vitest";
import type { User } from "../../src/slack/directory.ts";
import { standingIn } from "../../src/slack/standing.ts";

const minute = 60_000;

/** Slack, which answers each call with what `slack` gives for it. */
function standing(slack: (method: string, args: URLSearchParams) => object | undefined) {
  const asked: string[] = [];
  let now = 0;
  const client = new WebClient("xoxb-1", {
    retryConfig: { retries: 0 },
    fetch: async (input, init) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      const method = pathname.replace("/api/", "");
      asked.push(method);
      const answer = slack(method, new URLSearchParams(typeof init?.body === "string" ? init.body : ""));
      if (!answer) throw new TypeError("fetch failed");
      return Response.json(answer);
    },
  });
  const directory = new Map<string, User>();
  return {
    asked,
    directory,
    later: (ms: number) => (now += ms),
    ...standingIn({
      client,
      directory: {
        find: (id) => directory.get(id),
        forget: (id) => void directory.delete(id),
        get isFresh() {
          return now < 10 * minute;
        },
      },
      teamId: "T1",
      clock: { now: () => now, sleepUntil: async () => {} },
      log: { warn: () => {}, error: () => {} },
    }),
  };
}

const person = (user: object) => () => ({
  ok: true,
  user: { id: "U1", name: "alice", team_id: "T1", ...user },
});

describe("a colleague is", () => {
  test.each([
    ["a member", {}, true],
    ["a guest of several channels", { is_restricted: true }, false],
    ["a guest of one channel", { is_ultra_restricted: true }, false],
    ["a stranger", { is_stranger: true }, false],
    ["somebody of another workspace", { team_id: "T2" }, false],
    ["somebody of the same organisation", { team_id: "E1", enterprise_user: { teams: ["T1"] } }, true],
  ])("%s: %o %s", async (_who, user, colleague) => {
    expect(await standing(person(user)).isColleague("U1")).toBe(colleague);
  });

  test("nobody whom Slack does not show", async () => {
    const { isColleague } = standing(() => ({ ok: false, error: "user_not_visible" }));
    expect(await isColleague("U1")).toBe(false);
  });

  test("whoever asks while Slack does not answer, which is not remembered", async () => {
    let answer: object | undefined;
    const { isColleague } = standing(() => answer);
    expect(await isColleague("U1")).toBe(true);
    answer = person({ is_restricted: true })();
    expect(await isColleague("U1")).toBe(false);
  });

  test("asked for once in ten minutes, and then not waited for", async () => {
    let answer = person({})();
    const { isColleague, asked, later } = standing(() => answer);
    await isColleague("U1");
    later(9 * minute);
    await isColleague("U1");
    expect(asked).toEqual(["users.info"]);
    later(2 * minute);
    answer = person({ is_restricted: true })();
    expect(await isColleague("U1")).toBe(true);
    expect(asked).toHaveLength(2);
    await expect.poll(() => isColleague("U1")).toBe(false);
    expect(asked).toHaveLength(2);
  });

  test("a guest no longer as soon as Slack says so", async () => {
    let answer = person({ is_restricted: true })();
    const { isColleague, later } = standing(() => answer);
    expect(await isColleague("U1")).toBe(false);
    answer = person({})();
    expect(await isColleague("U1")).toBe(false);
    later(11 * minute);
    expect(await isColleague("U1")).toBe(true);
  });

  test("asked for at once when something about them has changed", async () => {
    let answer = person({})();
    const { isColleague, forget } = standing(() => answer);
    expect(await isColleague("U1")).toBe(true);
    answer = person({ is_restricted: true })();
    forget("U1");
    expect(await isColleague("U1")).toBe(false);
  });

  test("is none, where Slack answers in words that nobody knows", async () => {
    const { isColleague } = standing(person({ is_restricted: "yes" }));
    expect(await isColleague("U1")).toBe(false);
  });

  test("a guest all the same, where her name cannot be read", async () => {
    const { isColleague } = standing(
      person({ name: null, real_name: null, profile: null, is_restricted: true }),
    );
    expect(await isColleague("U1")).toBe(false);
  });

  test("not remembered from an answer that was asked for before something changed", async () => {
    let answer = person({})();
    const { isColleague, forget } = standing(() => {
      const before = answer;
      if (before === answer && !isForgotten) {
        isForgotten = true;
        answer = person({ is_restricted: true })();
        forget("U1");
      }
      return before;
    });
    let isForgotten = false;
    await isColleague("U1");
    expect(await isColleague("U1")).toBe(false);
  });
});

describe("whoever stands in the directory", () => {
  const listed = (user: object) => ({ id: "U1", name: "alice", team_id: "T1", ...user });

  test.each([
    [{}, true],
    [{ is_restricted: true }, false],
  ])("is not asked for: %o %s", async (user, colleague) => {
    const { isColleague, asked, directory } = standing(() => undefined);
    directory.set("U1", listed(user));
    expect(await isColleague("U1")).toBe(colleague);
    expect(asked).toEqual([]);
  });

  test("is asked for once something about them has changed", async () => {
    const { isColleague, forget, directory } = standing(person({ is_restricted: true }));
    directory.set("U1", listed({}));
    forget("U1");
    expect(await isColleague("U1")).toBe(false);
  });
});

describe("private channels are read", () => {
  test("page by page, of that person and of no other kind", async () => {
    const { privateChannels } = standing((_method, args) => {
      expect(args.get("user")).toBe("U1");
      expect(args.get("types")).toBe("private_channel");
      return args.get("cursor") === "next"
        ? { ok: true, channels: [{ id: "C2" }] }
        : { ok: true, channels: [{ id: "C1" }], response_metadata: { next_cursor: "next" } };
    });
    expect(await privateChannels("U1")).toEqual(new Set(["C1", "C2"]));
  });

  test("as none, when a later page fails: in doubt nothing is shown", async () => {
    const { privateChannels } = standing((_method, args) =>
      args.has("cursor")
        ? { ok: false, error: "internal_error" }
        : { ok: true, channels: [{ id: "C1" }], response_metadata: { next_cursor: "next" } },
    );
    expect(await privateChannels("U1")).toEqual(new Set());
  });
});
