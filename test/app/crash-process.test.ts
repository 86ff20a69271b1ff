import { richStory } from "./crash-story.ts";
import { disturbedProcess } from "./disturbed-process.ts";
import { describeMatrix } from "./matrix.ts";
import { onePerWrite } from "./points.ts";

describeMatrix("an incident whose Sitrep, a process of its own, ends by kill -9", richStory, ["killed"], {
  few: 2,
  begin: disturbedProcess,
  besides: onePerWrite,
});
