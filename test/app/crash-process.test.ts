import { richStory, unperformed } from "./crash-story.ts";
import { disturbedProcess } from "./disturbed-process.ts";
import { describeMatrix } from "./matrix.ts";
import { effectKinds, onePerKind } from "./points.ts";

const performed = effectKinds.filter((kind) => !(kind in unperformed));

describeMatrix("an incident whose Sitrep, a process of its own, ends by kill -9", richStory, ["killed"], {
  few: 2,
  begin: disturbedProcess,
  besides: (moments) => onePerKind(performed, moments),
});
