import type { ModalView } from "@slack/types";
import { describe, expect, test } from "vitest";
import { wireNow } from "../../src/clock.ts";
import type { SlackConnection } from "../../src/slack/connect.ts";
import { invite } from "../workspace/tiny-app.ts";
import { connected, type Connected } from "./a-connection.ts";

const gate = () => Promise.withResolvers<void>();
/** How the tries of messages ended that came after the one about the bot's own joining. */
const outcomes = ({ ws }: Connected) =>
  ws.deliveries.log
    .filter(({ type }) => type === "message")
    .slice(1)
    .map(({ outcome }) => outcome);
const directTo = ({ ws }: Connected) =>
  [...ws.state.channels.values()]
    .filter(({ kind }) => kind === "im")
    .flatMap(({ messages }) => messages.map(({ text }) => text));

const saving = "Still saving. Please do not repeat it; the outcome follows here.";
/** So short that an answer held back by the test is surely late. */
const late = { ackBudget: 20 };

const form = (title = "A form"): ModalView => ({
  type: "modal",
  callback_id: "form",
  title: { type: "plain_text", text: title },
  submit: { type: "plain_text", text: "Save" },
  blocks: [
    {
      type: "input",
      block_id: "what",
      label: { type: "plain_text", text: "What" },
      element: { type: "plain_text_input", action_id: "text" },
    },
  ],
});

const opensForm = ({ app, clients }: SlackConnection): void => {
  app.command("/tiny", async ({ command, ack }) => {
    await clients.interactive.views.open({ trigger_id: command.trigger_id, view: form() });
    await ack();
  });
};

describe.each(["http", "socket"] as const)("over %s, Slack", (transport) => {
  test("does not hear yes to an event while its listener is at work", async () => {
    const [entered, leave] = [gate(), gate()];
    await using connection = await connected(transport, {
      listen: ({ app }) =>
        app.message(async ({ message }) => {
          if (message.subtype !== undefined) return;
          entered.resolve();
          await leave.promise;
        }),
    });
    const { ws, slack } = connection;
    await invite(ws, "general");
    await ws.settle();
    await ws.as("alice").in("#general").says("hello");
    await entered.promise;
    ws.deliveries.giveUp();
    await expect.poll(() => outcomes(connection)).toEqual(["http_timeout"]);
    expect(slack.isIdle()).toBe(false);
    leave.resolve();
    await ws.settle();
    expect(outcomes(connection)).toEqual(["http_timeout", "acknowledged"]);
    expect(slack.isIdle()).toBe(true);
  });

  test("repeats an event whose listener has thrown", async () => {
    let heard = 0;
    await using connection = await connected(transport, {
      listen: ({ app }) =>
        app.message(async ({ message }) => {
          if (message.subtype === undefined && heard++ === 0) throw new Error("the disk is full");
        }),
    });
    const { ws, taken } = connection;
    await invite(ws, "general");
    await ws.settle();
    await ws.as("alice").in("#general").says("hello");
    await expect.poll(() => taken.some(({ outcome }) => outcome === "failed")).toBe(true);
    // Over Socket Mode there is no other no than silence.
    if (transport === "socket") ws.deliveries.giveUp();
    await ws.settle();
    const first = transport === "http" ? "http_error" : "http_timeout";
    expect(outcomes(connection)).toEqual([first, "acknowledged"]);
    expect(connection.lines).toContainEqual(
      expect.objectContaining({ level: "error", sentence: "an input could not be taken" }),
    );
    expect(connection.taken).toContainEqual({ kind: "event", outcome: "failed", seconds: null });
    expect(connection.taken.at(-1)).toEqual({
      kind: "event",
      outcome: "ok",
      seconds: expect.any(Number),
      missedAt: expect.any(Number),
    });
  });

  test("is not told yes when a listener ends too late", async () => {
    const [entered, leave] = [gate(), gate()];
    let heard = 0;
    await using connection = await connected(transport, {
      wire: late,
      listen: ({ app }) =>
        app.message(async ({ message }) => {
          if (message.subtype !== undefined || heard++ > 0) return;
          entered.resolve();
          await leave.promise;
        }),
    });
    const { ws } = connection;
    await invite(ws, "general");
    await ws.clock.advance("10m");
    const before = ws.deliveries.log.length;
    await ws.as("alice").in("#general").says("hello");
    await entered.promise;
    const since = wireNow();
    await expect.poll(wireNow).toBeGreaterThan(since + late.ackBudget);
    leave.resolve();
    const warned = () => connection.lines.some(({ sentence }) => sentence.includes("took too long"));
    await expect.poll(warned).toBe(true);
    ws.deliveries.giveUp();
    await expect.poll(() => ws.deliveries.log.length).toBeGreaterThan(before);
    expect(ws.deliveries.log[before]?.outcome).not.toBe("acknowledged");
  });

  test("shows an answer that is in time, once", async () => {
    await using connection = await connected(transport, {
      listen: ({ app }) => app.command("/tiny", async ({ ack }) => ack("INC-1 is being opened")),
    });
    const alice = connection.ws.as("alice").in("#general");
    expect(await alice.types("/tiny declare")).toEqual({ ok: true, answer: "INC-1 is being opened" });
    await connection.slack.idle();
    expect(alice.sees()).toEqual(["INC-1 is being opened"]);
  });

  test.each([
    ["a text", "INC-1 is being opened"],
    ["a message", { text: "INC-1 is being opened", response_type: "ephemeral" as const }],
  ])("asks to wait for a command, then shows its outcome: %s", async (_name, answer) => {
    const leave = gate();
    await using connection = await connected(transport, {
      wire: late,
      listen: ({ app }) =>
        app.command("/tiny", async ({ ack }) => {
          await leave.promise;
          await ack(answer);
        }),
    });
    const alice = connection.ws.as("alice").in("#general");
    expect(await alice.types("/tiny declare")).toEqual({ ok: true, answer: saving });
    leave.resolve();
    await connection.slack.idle();
    expect(alice.sees()).toEqual([saving, "INC-1 is being opened"]);
    expect(connection.taken).toEqual([{ kind: "command", outcome: "late", seconds: expect.any(Number) }]);
  });

  test("says so when a command fails after its author was asked to wait", async () => {
    const leave = gate();
    await using connection = await connected(transport, {
      wire: late,
      listen: ({ app }) =>
        app.command("/tiny", async () => {
          await leave.promise;
          throw new Error("the disk is full");
        }),
    });
    const alice = connection.ws.as("alice").in("#general");
    await alice.types("/tiny declare");
    leave.resolve();
    await connection.slack.idle();
    expect(alice.sees()).toEqual([saving, expect.stringContaining("may not have been saved")]);
  });

  test("shows an error of its own for a command whose listener has thrown in time", async () => {
    await using connection = await connected(transport, {
      listen: ({ app }) =>
        app.command("/tiny", async () => {
          throw new Error("the disk is full");
        }),
    });
    const { ws, taken } = connection;
    const asked = ws.as("alice").in("#general").types("/tiny declare");
    await expect.poll(() => taken.length).toBe(1);
    if (transport === "socket") ws.deliveries.giveUp();
    expect(await asked).toMatchObject({ ok: false });
  });

  test("asks to wait for a click, then shows what its listener says", async () => {
    const leave = gate();
    await using connection = await connected(transport, {
      listen: ({ app }) => {
        app.command("/tiny", async ({ ack }) =>
          ack({
            text: "go?",
            blocks: [
              {
                type: "actions",
                elements: [{ type: "button", action_id: "go", text: { type: "plain_text", text: "Go" } }],
              },
            ],
          }),
        );
        app.action("go", async ({ ack, respond }) => {
          await leave.promise;
          await ack();
          await respond({ text: "gone", replace_original: false });
        });
      },
      wire: late,
    });
    const alice = connection.ws.as("alice").in("#general");
    await alice.types("/tiny");
    const before = alice.sees();
    expect(await alice.clicks("Go")).toEqual({ ok: true });
    leave.resolve();
    await connection.slack.idle();
    expect(alice.sees().slice(before.length)).toEqual([saving, "gone"]);
    expect(connection.ws.state.loud).toEqual([]);
  });

  test("keeps a form's place and tells the outcome as a direct message", async () => {
    const leave = gate();
    await using connection = await connected(transport, {
      wire: { ackBudget: 200 },
      listen: (slack) => {
        opensForm(slack);
        slack.app.view("form", async ({ ack }) => {
          await leave.promise;
          await ack();
        });
      },
    });
    const alice = connection.ws.as("alice").in("#general");
    await alice.types("/tiny");
    await alice.fills({ What: "checkout" });
    expect(await alice.submits()).toEqual({ ok: true });
    expect(alice.modal()).toMatchObject({ title: "A form" });
    expect(JSON.stringify(alice.modal())).toContain("Still saving");
    leave.resolve();
    await connection.slack.idle();
    expect(directTo(connection)).toEqual(["“A form” is saved."]);
  });

  test("puts a form that is refused late back with what was typed, and takes it corrected", async () => {
    const leave = gate();
    const submitted: unknown[] = [];
    await using connection = await connected(transport, {
      wire: { ackBudget: 200 },
      listen: (slack) => {
        opensForm(slack);
        slack.app.view("form", async ({ ack, view }) => {
          submitted.push(view.state.values["what"]?.["text"]?.value);
          if (submitted.length > 1) return ack();
          await leave.promise;
          return ack({ response_action: "errors", errors: { what: "14:99 is no time." } });
        });
      },
    });
    const alice = connection.ws.as("alice").in("#general");
    await alice.types("/tiny");
    await alice.fills({ What: "14:99" });
    await alice.submits();
    leave.resolve();
    await connection.slack.idle();
    expect(alice.modal()).toMatchObject({ title: "A form", values: { What: "14:99" } });
    expect(JSON.stringify(alice.modal()?.view.blocks)).toContain("Not saved. What: 14:99 is no time.");
    await alice.fills({ What: "14:30" });
    await alice.submits();
    await connection.slack.idle();
    expect(submitted).toEqual(["14:99", "14:30"]);
    expect(alice.modal()).toBeUndefined();
    expect(directTo(connection)).toEqual([]);
  });

  test("tells what was typed as a direct message when the form is refused late and closed already", async () => {
    const leave = gate();
    await using connection = await connected(transport, {
      wire: { ackBudget: 200 },
      listen: (slack) => {
        opensForm(slack);
        slack.app.view("form", async ({ ack }) => {
          await leave.promise;
          await ack({ response_action: "errors", errors: { what: "<14:99> is no time." } });
        });
      },
    });
    const alice = connection.ws.as("alice").in("#general");
    await alice.types("/tiny");
    await alice.fills({ What: "14:99 & *all* <!channel>" });
    await alice.submits();
    await alice.closes();
    leave.resolve();
    await connection.slack.idle();
    expect(directTo(connection)).toEqual([
      "“A form”: Not saved. What: &lt;14:99&gt; is no time.",
      "What you typed as What",
    ]);
    expect(alice.directMessages()).toContain("14:99 & *all* <!channel>");
  });

  test("puts a form back whose listener fails late", async () => {
    const leave = gate();
    await using connection = await connected(transport, {
      wire: { ackBudget: 200 },
      listen: (slack) => {
        opensForm(slack);
        slack.app.view("form", async () => {
          await leave.promise;
          throw new Error("a bug");
        });
      },
    });
    const alice = connection.ws.as("alice").in("#general");
    await alice.types("/tiny");
    await alice.fills({ What: "checkout" });
    await alice.submits();
    leave.resolve();
    await connection.slack.idle();
    expect(alice.modal()).toMatchObject({ values: { What: "checkout" } });
    expect(JSON.stringify(alice.modal()?.view.blocks)).toContain("may not have been saved");
  });

  test("shows the next form when it comes late", async () => {
    const leave = gate();
    await using connection = await connected(transport, {
      wire: { ackBudget: 200 },
      listen: (slack) => {
        opensForm(slack);
        slack.app.view("form", async ({ ack }) => {
          await leave.promise;
          await ack({ response_action: "update", view: form("Another form") });
        });
      },
    });
    const alice = connection.ws.as("alice").in("#general");
    await alice.types("/tiny");
    await alice.fills({ What: "checkout" });
    await alice.submits();
    leave.resolve();
    await connection.slack.idle();
    expect(alice.modal()).toMatchObject({ title: "Another form" });
    expect(directTo(connection)).toEqual([]);
  });

  test("has commands counted, with the seconds until it heard yes", async () => {
    await using connection = await connected(transport, {
      listen: ({ app }) =>
        app.command("/tiny", async ({ command, ack }) => {
          if (command.text === "throw") throw new Error("the disk is full");
          await ack("done");
        }),
    });
    const { slack, taken } = connection;
    const alice = connection.ws.as("alice").in("#general");
    await alice.types("/tiny");
    const failing = alice.types("/tiny throw");
    await expect.poll(() => taken.length).toBe(2);
    connection.ws.deliveries.giveUp();
    await failing;
    expect(taken).toEqual([
      { kind: "command", outcome: "ok", seconds: expect.any(Number) },
      { kind: "command", outcome: "failed", seconds: null },
    ]);
    await slack.stop();
    await alice.types("/tiny");
    // Over Socket Mode nothing arrives any more.
    const refused = { kind: "command", outcome: "refused", seconds: null };
    expect(taken.slice(2)).toEqual(transport === "http" ? [refused] : []);
  });

  test("gets its answers while the bot stops, and nothing afterwards", async () => {
    const [entered, leave] = [gate(), gate()];
    let heard = 0;
    await using connection = await connected(transport, {
      listen: ({ app }) =>
        app.command("/tiny", async ({ ack }) => {
          heard += 1;
          entered.resolve();
          await leave.promise;
          await ack("done");
        }),
    });
    const alice = connection.ws.as("alice").in("#general");
    const typed = alice.types("/tiny");
    await entered.promise;
    const stopped = connection.slack.stop();
    leave.resolve();
    expect(await typed).toEqual({ ok: true, answer: "done" });
    await stopped;
    expect(await alice.types("/tiny")).toMatchObject({ ok: false });
    expect(heard).toBe(1);
  });
});
