import { expect, it } from "vitest";
import { effectSchema } from "../../src/domain/effect.ts";
import { richStory } from "./crash-story.ts";
import { describeMatrix, told } from "./matrix.ts";

/** Effects that the story does not perform, each with the reason. */
const unperformed: Record<string, string> = {
  ReturnToChannel: "nobody removes Sitrep from the channel; outside-bot.test.ts does",
  LookAtPerson: "comes with a start in the middle of an incident: each story that is killed then performs it",
  CallWebhook:
    "does not go to Slack; webhooks.test.ts kills, repeats and refuses it, and its receiver sees each call",
};

it("the story performs every kind of effect and of timer there is", async () => {
  const { done } = await told(richStory, { at: Infinity });
  const kinds = effectSchema.options.map(({ shape }) => shape.type.value);
  expect(kinds.filter((kind) => !done.has(kind))).toEqual(Object.keys(unperformed));
});

describeMatrix(
  "an incident of which one call is answered otherwise",
  richStory,
  ["429", "500", "time-out", "cut line"],
  { few: 4 },
);
