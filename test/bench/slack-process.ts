// The local workspace as a process of its own, told what to do by `slack.ts`.
import { wireNow, wireSleep } from "../../src/clock.ts";
import { RealClock } from "../../src/workspace/clock.ts";
import { Workspace } from "../../src/workspace/workspace.ts";
import type { Asked, Call, Told } from "./slack.ts";

const [people = "[]", latency = "0"] = process.argv.slice(2);
const names: string[] = JSON.parse(people);

const ws = await Workspace.start({
  people: names,
  channels: ["general", "incidents"],
  manifest: "manifest.yml",
  transport: "http",
  clock: new RealClock(),
  seed: wireNow(),
});

// Half of it on the way there, so that a call takes effect in the middle.
const way = Number(latency) / 2;
const calls: Call[] = [];
const open: Call[] = [];
ws.onCall(async ({ method, phase, args }) => {
  const channel = [args["channel"], args["channel_id"]].find((id) => typeof id === "string") ?? "";
  if (phase === "before") {
    const call = { method, channel, begun: wireNow(), ended: Number.NaN };
    calls.push(call);
    open.push(call);
    if (way > 0) await wireSleep(way);
    return;
  }
  if (way > 0) await wireSleep(way);
  const index = open.findIndex((call) => call.method === method && call.channel === channel);
  const [call] = open.splice(index, 1);
  if (call) call.ended = wireNow();
});

const answer = (told: Told) => process.send?.(told);

async function obey(asked: Asked): Promise<void> {
  switch (asked.do) {
    case "meet":
      ws.requestUrl = asked.url;
      return void answer({ done: "meet" });
    case "type": {
      const seen = await ws.as(asked.by).in(asked.place).types(asked.words);
      return void answer({ done: "type", ok: seen.ok });
    }
    case "talk": {
      for (let index = 0; index < asked.many; index++)
        await ws.as(asked.by).in(asked.place).says(`attempt ${index}: errors are down to ${index} a minute`);
      await ws.settle();
      return void answer({ done: "talk" });
    }
    case "settle":
      await ws.settle();
      return void answer({ done: "settle", channels: ws.channels() });
    case "calls":
      return void answer({ done: "calls", calls: calls.splice(0) });
    default:
      return asked satisfies never;
  }
}

process.on("message", (asked: Asked) => void obey(asked));
// Whoever started it is gone.
process.on("disconnect", () => process.exit());
answer({
  done: "start",
  env: ws.env(),
  signingSecret: ws.installation.signingSecret,
  teamId: ws.installation.teamId,
  appId: ws.installation.appId,
  botUserId: ws.installation.botUserId,
  botId: ws.installation.botId,
  people: names.map((name) => ws.idOf(name)),
});
