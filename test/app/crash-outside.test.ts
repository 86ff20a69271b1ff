import { disturbedProcess } from "./disturbed-process.ts";
import type { DisturbedWorld } from "./disturbed-world.ts";
import { describeMatrix, type Story } from "./matrix.ts";
import { onePerKind } from "./points.ts";

const channel = "inc-1-checkout-500s";

/** People put Sitrep out of the channel, and whoever leads the incident out of the workspace; minutes apart, as in `crash-story.ts`. */
const outsideStory: Story = {
  options: {
    people: ["alice", "bob", "carol", { name: "root", admin: true }],
    settings: `
prompts: { atMostEvery: off }
roles: { remindCommanderAfter: off, escalateAfter: off }
assessment: { askAgainAfter: off }
mitigation: { promptAfter: off }
updates: { warnBefore: off }
timeline: { joinBrief: off }
`,
  },
  async tell({ world, insist, until, live }: DisturbedWorld) {
    const { ws } = world;
    const there = (name: string) => world.as(name).in(`#${channel}`);
    const shows = (sign: string) => ws.channel(channel).transcript().includes(sign);
    await insist(
      () => world.as("alice").in("#general").types("/incident declare sev4 checkout 500s"),
      () => ws.channels().includes(channel),
    );
    await live(() => ws.settle());
    await live(() => there("alice").invites("bob", "carol", "root"));
    await until("2024-02-15T14:40:00Z");
    await insist(
      () => there("alice").types("/incident lead"),
      () => shows("@alice leads"),
    );
    await until("2024-02-15T14:43:00Z");
    await live(() => there("bob").removes("sitrep"));
    await live(() => there("bob").says("it was the cache"));
    await until("2024-02-15T14:46:00Z");
    ws.deactivate("alice");
    await until("2024-02-15T14:49:00Z");
    await insist(
      () => there("bob").types("/incident lead"),
      () => shows("@bob leads"),
    );
    await until("2024-02-15T14:52:00Z");
  },
};

const what = "an incident that loses its channel and whoever leads it, and whose Sitrep";

describeMatrix(`${what} is killed`, outsideStory, ["killed"], { few: 8 });

describeMatrix(`${what}, a process of its own, ends by kill -9`, outsideStory, ["killed"], {
  few: 1,
  begin: disturbedProcess,
  besides: (moments) => onePerKind(["ReturnToChannel", "LookAtPerson"], moments),
});
