import { richStory, unperformed } from "./crash-story.ts";
import { disturbedProcess } from "./disturbed-process.ts";
import { describeMatrix } from "./matrix.ts";
import { effectKinds, onePerKind, timerKinds } from "./points.ts";

// Performing a timer is one commit, and subscribers stand in the database: what is drawn, and the whole matrix, kills those.
const callsNobody = [...timerKinds, "FindSubscribers"];
const calling = effectKinds.filter((kind) => !(kind in unperformed) && !callsNobody.includes(kind));

describeMatrix("an incident whose Sitrep, a process of its own, ends by kill -9", richStory, ["killed"], {
  few: 2,
  begin: disturbedProcess,
  besides: (moments) => onePerKind(calling, moments),
});
