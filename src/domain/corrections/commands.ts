import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";
import type { Detector } from "../vocab.ts";
import type { Words } from "../words.ts";

export const timedStages = ["started", "detected", "mitigated", "resolved"] as const;
export type TimedStage = (typeof timedStages)[number];

/** `standsAt` is when the entry stands before the change; a missing part stays as it is. */
export type CorrectionsCommand = CommandOf<
  "CorrectEntry",
  {
    incident: number;
    entry: string;
    standsAt: number;
    text?: Words;
    happenedAt?: number;
    hidden?: boolean;
    useAs?: TimedStage;
    detector?: Detector;
  }
>;

export const isCorrectionsCommand = named<CorrectionsCommand["type"]>(["CorrectEntry"]);
