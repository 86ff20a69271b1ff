import { richStory } from "./crash-story.ts";
import { describeMatrix } from "./matrix.ts";

describeMatrix("an incident whose Sitrep is killed", richStory, ["killed"], { few: 16 });
