import { describe, expect, it } from "vitest";
import { invite, stage } from "./tiny-app.ts";

describe("events over HTTP", () => {
  it("come signed, in Slack's envelope, once", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    const channel = await invite(ws, "general");
    app.received.length = 0;
    await ws.as("alice").in("#general").says("on it");
    await ws.settle();
    expect(app.received).toHaveLength(1);
    const [request] = app.received;
    expect(request?.isSigned).toBe(true);
    expect(request?.headers["x-slack-retry-num"]).toBeUndefined();
    expect(request?.body).toMatchObject({
      type: "event_callback",
      team_id: ws.installation.teamId,
      api_app_id: ws.installation.appId,
      event_time: Date.parse("2024-02-15T14:30:00Z") / 1000,
      authorizations: [{ user_id: ws.installation.botUserId, is_bot: true }],
      event: { type: "message", channel, channel_type: "channel", text: "on it" },
    });
  });

  it("are signed with the secret of this installation and no other", async () => {
    await using scene = await stage();
    await using other = await stage({ seed: 2 });
    scene.ws.requestUrl = other.app.url;
    await invite(scene.ws, "general");
    expect(other.app.received.map(({ isSigned }) => isSigned)).toEqual([false]);
  });

  it("are kept from a bot that is not in the channel or did not subscribe", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    await ws.as("alice").in("#general").says("unheard");
    await invite(ws, "general");
    app.received.length = 0;
    await ws.as("alice").in("#incidents").says("unheard too");
    const said = await ws.as("alice").in("#general").says("heard");
    await ws.as("alice").in("#general").reacts("eyes", "heard");
    await ws.as("alice").in("#general").unreacts("eyes", "heard");
    await ws.settle();
    expect(app.events().map(({ event }) => event.type)).toEqual(["message", "reaction_added"]);
    expect(app.events("message")[0]?.event.ts).toBe(said.ts);
  });

  it("reach it from direct messages by message.im", async () => {
    await using scene = await stage();
    await scene.ws.as("alice").in("@tiny").says("hello");
    await scene.ws.settle();
    expect(scene.app.events()[0]?.event).toMatchObject({
      type: "message",
      channel_type: "im",
      text: "hello",
    });
  });

  it("are retried at once, after a minute and after five, with number and reason, then given up", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    await invite(ws, "general");
    app.received.length = 0;
    app.reply = () => ({ status: 500 });
    const tries = (): unknown[] =>
      app.received.map(({ headers }) => [headers["x-slack-retry-num"], headers["x-slack-retry-reason"]]);
    await ws.as("alice").in("#general").says("x");
    await ws.settle();
    expect(tries()).toEqual([
      [undefined, undefined],
      ["1", "http_error"],
    ]);
    expect(ws.isIdle()).toBe(true);
    await ws.clock.advance("59s");
    expect(tries()).toHaveLength(2);
    await ws.clock.advance("1s");
    expect(tries()).toHaveLength(3);
    await ws.clock.advance("5m");
    expect(tries().at(-1)).toEqual(["3", "http_error"]);
    await ws.clock.advance("2h");
    expect(tries()).toHaveLength(4);
    expect(new Set(app.events().map(({ event_id }) => event_id)).size).toBe(1);
    expect(ws.deliveries.waiting()).toEqual([]);
  });

  it("are not retried after x-slack-no-retry", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    await invite(ws, "general");
    app.received.length = 0;
    app.reply = () => ({ status: 500, headers: { "x-slack-no-retry": "1" } });
    await ws.as("alice").in("#general").says("x");
    await ws.clock.advance("10m");
    expect(app.received).toHaveLength(1);
  });

  it("count as unanswered after the ack time-out", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    await invite(ws, "general");
    app.received.length = 0;
    app.reply = () => ({ silent: true });
    ws.wire.ackTimeout = 20;
    await ws.as("alice").in("#general").says("x");
    await ws.settle();
    app.reply = () => ({});
    ws.wire.ackTimeout = 3000;
    await ws.clock.advance("1m");
    expect(app.received.map(({ headers }) => headers["x-slack-retry-reason"])).toEqual([
      undefined,
      "http_timeout",
      "http_timeout",
    ]);
    expect(ws.deliveries.log.at(-1)?.outcome).toBe("acknowledged");
  });

  it("wait for a bot that is down", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    ws.requestUrl = undefined;
    await invite(ws, "general");
    expect(ws.deliveries.waiting()).toMatchObject([{ type: "message" }]);
    ws.requestUrl = app.url;
    await ws.clock.advance("1m");
    expect(app.received.map(({ headers }) => headers["x-slack-retry-reason"])).toEqual(["connection_failed"]);
  });

  it("are dropped above so many an hour, which the app is told once a minute", async () => {
    await using scene = await stage({ eventsAnHour: 3 });
    const { ws, app } = scene;
    const alice = ws.as("alice").in("#general");
    await invite(ws, "general");
    for (const text of ["1", "2", "3", "4"]) await alice.says(text);
    await ws.clock.advance("1m");
    await alice.says("5");
    await ws.settle();
    const told = app.received.filter(({ body }) => body.type === "app_rate_limited");
    expect(told.map(({ isSigned, body }) => [isSigned, body.minute_rate_limited])).toEqual(
      ["2024-02-15T14:30:00Z", "2024-02-15T14:31:00Z"].map((at) => [true, Date.parse(at) / 1000]),
    );
    expect(app.received.filter(({ body }) => body.event)).toHaveLength(3);
    await ws.clock.advance("1h");
    await alice.says("6");
    await ws.settle();
    expect(app.received.at(-1)?.body.event).toMatchObject({ text: "6" });
  });

  it.each([
    [2, "acknowledged"],
    [3, "too_many_redirects"],
  ])("followed over %i redirects end as %s", async (redirects, outcome) => {
    await using scene = await stage();
    const { ws, app } = scene;
    let left = redirects;
    app.reply = () => (left-- > 0 ? { status: 307, headers: { location: app.url } } : {});
    await invite(ws, "general");
    expect(ws.deliveries.log[0]?.outcome).toBe(outcome);
  });
});

describe("delivery faults", () => {
  it("deliver twice, with the same id or with another", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    await invite(ws, "general");
    app.received.length = 0;
    ws.deliveries.next("message", { duplicate: 1 });
    ws.deliveries.next("message", { duplicate: 1, newEventId: true });
    await ws.as("alice").in("#general").says("one");
    await ws.as("alice").in("#general").says("two");
    await ws.as("alice").in("#general").says("three");
    await ws.settle();
    const seen = app.events().map(({ event, event_id }) => ({ text: event.text, id: event_id }));
    expect(seen.map(({ text }) => text)).toEqual(["one", "one", "two", "two", "three"]);
    expect(seen[0]?.id).toBe(seen[1]?.id);
    expect(seen[2]?.id).not.toBe(seen[3]?.id);
  });

  it("deliver late and out of order", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    await invite(ws, "general");
    app.received.length = 0;
    const texts = (): unknown[] => app.events().map(({ event }) => event.text);
    ws.deliveries.next("message", { late: "2m" });
    await ws.as("alice").in("#general").says("late");
    ws.deliveries.next("message.channels", { outOfOrder: true });
    await ws.as("alice").in("#general").says("second");
    await ws.settle();
    expect(texts()).toEqual([]);
    await ws.as("alice").in("#general").says("first");
    await ws.settle();
    expect(texts()).toEqual(["first", "second"]);
    await ws.clock.advance("2m");
    expect(texts()).toEqual(["first", "second", "late"]);
  });

  it("lose tries on the way, and four lose the event", async () => {
    await using scene = await stage();
    const { ws, app } = scene;
    await invite(ws, "general");
    app.received.length = 0;
    ws.deliveries.next("message", { drop: 1 });
    ws.deliveries.next("message", { drop: 4 });
    await ws.as("alice").in("#general").says("retried");
    await ws.as("alice").in("#general").says("lost");
    await ws.clock.advance("10m");
    expect(app.received.map(({ body, headers }) => [body.event.text, headers["x-slack-retry-num"]])).toEqual([
      ["retried", "1"],
    ]);
  });
});
