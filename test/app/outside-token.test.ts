import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { createLog } from "../../src/log.ts";
import { aftermath } from "./aftermath.ts";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-checkout-500s";
const count = (text: string, part: string) => text.split(part).length - 1;

async function declared(options: WorldOptions = {}) {
  const lines: string[] = [];
  const to = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const world = await World.open({ ...options, started: false });
  await world.startApp({ log: createLog({ level: "info", to }) });
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  return { world, alice: world.as("alice").in(`#${channel}`), log: () => lines.join("") };
}

const said = async (world: World) =>
  (await world.app.store.messages(1)).map((message) => message.revisions.at(-1)?.text.body);

/** As a probe or a scraper asks, while incident time goes on. */
async function saysOf(world: World, path: string): Promise<string> {
  const answer = await world.api(path);
  return `${answer.status} ${await answer.text()}`;
}

describe.each([
  ["of which Slack tells", true],
  ["of which Slack tells nothing", false],
] as const)("a token that is revoked, %s,", (_name, isTold) => {
  it("is in the log, in /readyz and in the metrics; clocks go on; taken again, all that waited comes in order, once", async () => {
    const { world, alice, log } = await declared();
    await using _ = world;
    const { ws } = world;
    if (!isTold) ws.deliveries.next("tokens_revoked", { drop: 4 });
    await alice.types("/incident update Looking");
    await ws.settle();
    ws.state.revokeToken();
    const hour = 3_600_000;
    const begun = ws.clock.now();
    const asked = ws.clock
      .sleepUntil(begun + hour / 2, "dispatch")
      .then(() => Promise.all([saysOf(world, "/readyz"), saysOf(world, "/metrics")]));
    const recovers = async () => {
      await ws.clock.sleepUntil(begun + hour, "dispatch");
      ws.state.postMessage({ channel: ws.channel(channel).id, user: ws.idOf("bob"), text: "pool exhausted" });
      ws.state.restoreToken();
    };
    const over = recovers();
    ws.state.join(ws.channel(channel).id, ws.idOf("bob"));
    await ws.clock.advance("61m");
    await over;
    const [ready, metrics] = await asked;
    expect(ready).toMatch(/^503[\s\S]*token_revoked/);
    expect(metrics).toContain("sitrep_slack_up 0");
    expect(count(log(), "SLACK_BOT_TOKEN was revoked (token_revoked)")).toBe(1);
    expect(log()).toContain("Slack takes SLACK_BOT_TOKEN again");
    expect(await aftermath(world)).toEqual([]);
    expect(await saysOf(world, "/readyz")).toMatch(/^200/);
    expect(await saysOf(world, "/metrics")).toContain("sitrep_slack_up 1");
    const told = await world.transcript(channel);
    expect(told).toMatch(/Update 2 ·[\s\S]*Update 3 ·/);
    expect(count(told, "Update 3 ·")).toBe(1);
    expect(await said(world)).toEqual(["pool exhausted"]);
    await alice.types("/incident resolve Done");
    expect(await aftermath(world)).toEqual([]);
  });
});

it("what was said in the few minutes of a revoked token is recorded as soon as it is taken again", async () => {
  const { world, alice } = await declared();
  await using _ = world;
  const { ws } = world;
  ws.state.revokeToken();
  await ws.clock.advance("2m");
  await alice.says("pool exhausted");
  ws.state.restoreToken();
  await ws.clock.advance("2m");
  expect(await said(world)).toEqual(["pool exhausted"]);
});

it("an app that is uninstalled and installed again goes on with its new token, and comes back into its channels", async () => {
  const { world, alice } = await declared();
  await using _ = world;
  const { ws } = world;
  await alice.types("/incident update Looking");
  await ws.settle();
  ws.state.uninstall();
  await ws.clock.advance("32m");
  expect(await saysOf(world, "/readyz")).toMatch(/^503[\s\S]*account_inactive/);
  await alice.says("it was the cache");
  await world.stopApp();
  ws.state.reinstall();
  await world.startApp();
  // What failed last is tried again within a minute.
  await ws.clock.advance("1m");
  expect(await aftermath(world)).toEqual([]);
  expect(ws.channel(channel).members).toContain("sitrep");
  expect(await said(world)).toEqual(["it was the cache"]);
  const told = await world.transcript(channel);
  expect(told).toMatch(/Update 2 ·[\s\S]*Update 3 ·/);
  expect(count(told, "Sitrep was removed from this channel")).toBe(1);
});
