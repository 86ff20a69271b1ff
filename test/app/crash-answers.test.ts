import { expect, it } from "vitest";
import { richStory, unperformed } from "./crash-story.ts";
import { describeMatrix, told } from "./matrix.ts";
import { effectKinds } from "./points.ts";

it("the story performs every kind of effect and of timer there is", async () => {
  const { done } = await told(richStory, {});
  expect(effectKinds.filter((kind) => !done.has(kind))).toEqual(Object.keys(unperformed));
});

describeMatrix(
  "an incident of which one call is answered otherwise",
  richStory,
  ["429", "500", "time-out", "cut line"],
  { few: 4 },
);
