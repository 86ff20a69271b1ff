import { describe, expect, test } from "vitest";
import type { SlackConnection } from "../../src/slack/connect.ts";
import type { Fault } from "../../src/workspace/faults.ts";
import { invite } from "../workspace/tiny-app.ts";
import { connected, type Connected } from "./a-connection.ts";

const quick = { reconnectAfter: 250 };
const isUp = ({ slack }: Connected) => slack.state().reachable;
async function comesBack(connection: Connected): Promise<void> {
  await expect.poll(() => isUp(connection), { timeout: 10_000 }).toBe(true);
}
async function goesDown(connection: Connected): Promise<void> {
  await expect.poll(() => isUp(connection), { timeout: 10_000 }).toBe(false);
}
const logged = ({ lines }: Connected, level: string) =>
  lines.filter((line) => line.level === level).map(({ sentence }) => sentence);
const directTo = ({ ws }: Connected) =>
  [...ws.state.channels.values()]
    .filter(({ kind }) => kind === "im")
    .flatMap(({ messages }) => messages.map(({ text }) => text));

/** Listeners that wait for `leave`, and tell when they were entered. */
function held() {
  const [entered, leave] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const heard: string[] = [];
  const listen = ({ app, clients }: SlackConnection): void => {
    const hold = async (what: string): Promise<void> => {
      heard.push(what);
      entered.resolve();
      await leave.promise;
    };
    app.message(async ({ message }) => {
      if (message.subtype === undefined) await hold(message.text ?? "");
    });
    app.command("/tiny", async ({ command, ack }) => {
      if (command.text === "form")
        await clients.interactive.views.open({ trigger_id: command.trigger_id, view });
      else await hold(command.text);
      await ack(command.text === "form" ? undefined : `${command.text} is done`);
    });
    app.view("form", async ({ ack }) => {
      await hold("a form");
      await ack();
    });
  };
  return { entered: entered.promise, leave: leave.resolve, heard, listen };
}

const view = {
  type: "modal" as const,
  callback_id: "form",
  title: { type: "plain_text" as const, text: "A form" },
  submit: { type: "plain_text" as const, text: "Save" },
  blocks: [
    {
      type: "input",
      block_id: "what",
      label: { type: "plain_text" as const, text: "What" },
      element: { type: "plain_text_input", action_id: "text" },
    },
  ],
};

describe("a link that Slack renews", () => {
  test.each(["warning", "refresh_requested"] as const)(
    "(%s) is closed once what came over it is answered",
    async (reason) => {
      const { entered, leave, listen } = held();
      await using connection = await connected("socket", { wire: quick, listen });
      const { ws } = connection;
      let again = 0;
      connection.slack.onConnected(() => (again += 1));
      const asked = ws.as("alice").in("#general").types("/tiny declare");
      await entered;
      ws.sockets?.disconnect(reason);
      await expect.poll(() => logged(connection, "info").join()).toContain("Slack renews the connection");
      leave();
      expect(await asked).toEqual({ ok: true, answer: "declare is done" });
      await expect.poll(() => again, { timeout: 10_000 }).toBeGreaterThan(0);
      expect(logged(connection, "warn")).not.toContain("an acknowledgement did not get through");
    },
  );

  test("is closed in time all the same when an answer is slow", async () => {
    const { entered, leave, listen } = held();
    await using connection = await connected("socket", { wire: { ...quick, ackBudget: 100 }, listen });
    await invite(connection.ws, "general");
    await connection.ws.as("alice").in("#general").says("hello");
    await entered;
    connection.ws.sockets?.disconnect("refresh_requested");
    await goesDown(connection);
    await comesBack(connection);
    leave();
    expect(connection.fatal).toEqual([]);
  });
});

describe("a link that Slack ends", () => {
  test.each([
    ["too_many_websockets", "Slack counts too many connections of the app"],
    ["link_disabled", "it is switched off for the app"],
    ["of_what_may_come", "Slack ended the connection: of_what_may_come"],
  ] as const)("(%s) is told of in words, and opened again", async (reason, words) => {
    await using connection = await connected("socket", { wire: quick });
    let again = 0;
    connection.slack.onConnected(() => (again += 1));
    connection.ws.sockets?.disconnect(reason);
    await expect.poll(() => connection.lines.map(({ sentence }) => sentence).join()).toContain(words);
    await expect.poll(() => again, { timeout: 10_000 }).toBe(1);
    await comesBack(connection);
    expect(connection.fatal).toEqual([]);
  });
});

describe("a line that breaks while something is at work", () => {
  test("has an event come again, and not acknowledged on another link", async () => {
    const { entered, leave, heard, listen } = held();
    await using connection = await connected("socket", { wire: quick, listen });
    const { ws } = connection;
    await invite(ws, "general");
    await ws.as("alice").in("#general").says("hello");
    await entered;
    ws.sockets?.cut();
    await goesDown(connection);
    await comesBack(connection);
    leave();
    await expect.poll(() => heard).toEqual(["hello", "hello"]);
    await connection.slack.idle();
    await expect.poll(() => ws.deliveries.log.at(-1)?.outcome).toBe("acknowledged");
    expect(logged(connection, "warn")).toContain("an acknowledgement did not get through");
    expect(logged(connection, "error")).not.toContain("an input could not be taken");
    expect(ws.state.loud).toEqual([]);
  });

  test("shows a command's author Slack's own error, and then what came of it", async () => {
    const { entered, leave, listen } = held();
    await using connection = await connected("socket", { wire: quick, listen });
    const alice = connection.ws.as("alice").in("#general");
    const asked = alice.types("/tiny declare");
    await entered;
    connection.ws.sockets?.cut();
    expect(await asked).toMatchObject({ ok: false, error: expect.stringContaining("dispatch_failed") });
    await goesDown(connection);
    leave();
    await expect.poll(() => alice.sees()).toContain("declare is done");
  });

  test("tells in a direct message that a form is saved", async () => {
    const { entered, leave, listen } = held();
    await using connection = await connected("socket", { wire: quick, listen });
    const alice = connection.ws.as("alice").in("#general");
    await alice.types("/tiny form");
    await alice.fills({ What: "checkout" });
    const submitted = alice.submits();
    await entered;
    connection.ws.sockets?.cut();
    expect(await submitted).toMatchObject({ ok: false });
    await goesDown(connection);
    leave();
    await expect.poll(() => directTo(connection)).toEqual(["“A form” is saved."]);
  });
});

describe("a link whose other end", () => {
  test("is frozen is left; what it was given comes again, and a command shows Slack's error", async () => {
    const { leave, heard, listen } = held();
    leave();
    await using connection = await connected("socket", {
      wire: { ...quick, clientPingTimeout: 250 },
      listen,
    });
    const { ws } = connection;
    await invite(ws, "general");
    ws.sockets?.freeze();
    ws.wire.ackTimeout = 20;
    const alice = ws.as("alice").in("#general");
    await alice.says("hello");
    expect(await alice.types("/tiny declare")).toMatchObject({
      ok: false,
      error: expect.stringContaining("operation_timeout"),
    });
    await goesDown(connection);
    await comesBack(connection);
    ws.wire.ackTimeout = 200;
    // Slack takes the old link for open still, and goes on giving it its share.
    await ws.clock.advance("10m");
    expect([...new Set(heard)]).toEqual(["hello"]);
    expect(connection.fatal).toEqual([]);
  });

  test("is frozen does not hold up stopping", async () => {
    await using connection = await connected("socket", { wire: { clientPingTimeout: 60_000 } });
    connection.ws.sockets?.freeze();
    await connection.slack.stop();
    expect(connection.fatal).toEqual([]);
  });
});

describe("connections that are not ours", () => {
  test("are told of, and what they swallow comes again", async () => {
    const { leave, heard, listen } = held();
    leave();
    await using connection = await connected("socket", { start: false, wire: quick, listen });
    const { ws, slack } = connection;
    ws.sockets?.haunt(1);
    await slack.start();
    expect(slack.state()).toEqual({
      reachable: true,
      says: expect.stringContaining("another process that uses SLACK_APP_TOKEN"),
    });
    expect(logged(connection, "warn").join()).toContain("Slack counted 2 Socket Mode connections");
    await invite(ws, "general");
    ws.wire.ackTimeout = 30;
    const said = ["one", "two", "three", "four"];
    for (const text of said) await ws.as("alice").in("#general").says(text);
    await ws.clock.advance("10m");
    await expect.poll(() => [...new Set(heard)].toSorted()).toEqual(said.toSorted());
    ws.sockets?.haunt(0);
    ws.sockets?.cut();
    await goesDown(connection);
    await comesBack(connection);
    expect(slack.state().says).toBe("Slack answers");
  });

  test("that are too many keep it waiting, in words, until one is gone", async () => {
    await using connection = await connected("socket", { start: false, wire: quick });
    connection.ws.sockets?.haunt(10);
    const started = connection.slack.start();
    await expect
      .poll(() => connection.slack.state().says, { timeout: 10_000 })
      .toContain("end the other processes that use SLACK_APP_TOKEN");
    connection.ws.sockets?.haunt(0);
    expect(await started).toBeUndefined();
    expect(isUp(connection)).toBe(true);
  });
});

describe("Socket Mode that is switched off", () => {
  test("ends nothing, says what to do, and goes on when it is switched on", async () => {
    await using connection = await connected("socket", { wire: { ...quick, helloTimeout: 300 } });
    connection.ws.sockets?.switch("off");
    const says = () => connection.slack.state().says;
    await expect.poll(says, { timeout: 10_000 }).toContain("switch it on on the app's page Socket Mode");
    const warned = () => logged(connection, "warn").filter((line) => line.includes("switched off")).length;
    await expect.poll(warned, { timeout: 20_000 }).toBeGreaterThan(4);
    expect(connection.fatal).toEqual([]);
    connection.ws.sockets?.switch("on");
    await comesBack(connection);
    expect(says()).toBe("Slack answers");
  });
});

describe("when a new connection", () => {
  const faults: Omit<Fault, "method">[] = [
    { when: "before", answer: 429, retryAfter: 1 },
    { when: "before", answer: 429 },
    { when: "before", answer: 500 },
    { when: "before", answer: "cut" },
    { when: "after", answer: "cut" },
    { when: "before", answer: "silence" },
    { when: "before", answer: { error: "internal_error" } },
    { when: "before", answer: { error: "ratelimited" } },
  ];
  test.each(faults.map((fault) => [JSON.stringify(fault.answer), fault] as const))(
    "is answered %s it is asked for again",
    async (_name, fault) => {
      await using connection = await connected("socket", { wire: { ...quick, clientTimeout: 200 } });
      connection.ws.faults.next("apps.connections.open", fault);
      connection.ws.sockets?.cut();
      await goesDown(connection);
      await comesBack(connection);
      expect(logged(connection, "warn").join()).toContain("Socket Mode: Slack opens no connection (");
      expect(connection.fatal).toEqual([]);
    },
  );

  test.each([409, 503] as const)("is refused with %i three times, the fourth holds", async (status) => {
    await using connection = await connected("socket", { wire: quick });
    connection.ws.sockets?.refuse(3, status);
    connection.ws.sockets?.cut();
    await goesDown(connection);
    await comesBack(connection);
    expect(connection.fatal).toEqual([]);
  });

  test("is refused for ever, the process is to end, and says why", async () => {
    await using connection = await connected("socket", { wire: { ...quick, helloTimeout: 400 } });
    connection.ws.sockets?.refuse(1000, 409);
    connection.ws.sockets?.cut();
    await expect
      .poll(() => connection.fatal, { timeout: 10_000 })
      .toEqual([
        "Slack answers, but Socket Mode has not been connected for 0.4 seconds: the connection is refused, or broke.",
      ]);
  });

  test("is asked for with a token that is revoked, the process is to end, and says what to do", async () => {
    await using connection = await connected("socket", { wire: quick });
    connection.ws.faults.next("apps.connections.open", { when: "before", answer: 429 });
    connection.ws.faults.next("apps.connections.open", { when: "before", answer: { error: "invalid_auth" } });
    connection.ws.sockets?.cut();
    await expect
      .poll(() => connection.fatal, { timeout: 10_000 })
      .toEqual([expect.stringContaining("SLACK_APP_TOKEN (invalid_auth)")]);
  });
});
