import { richStory, unperformed } from "./crash-story.ts";
import { disturbedProcess } from "./disturbed-process.ts";
import { describeMatrix } from "./matrix.ts";
import { effectKinds, onePerKind, timerKinds } from "./points.ts";

// Performing a timer is one commit and calls nobody: what is drawn, and the whole matrix, kills those.
const calling = effectKinds.filter((kind) => !(kind in unperformed) && !timerKinds.includes(kind));

describeMatrix("an incident whose Sitrep, a process of its own, ends by kill -9", richStory, ["killed"], {
  few: 2,
  begin: disturbedProcess,
  besides: onePerKind(calling),
});
