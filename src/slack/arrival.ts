import type { ReceiverEvent } from "@slack/bolt";

/** What something came over: a request, or a link. Once it is gone, nobody waits there for an answer. */
export interface Line {
  isGone: () => boolean;
  /** Where Bolt would send an answer then: nowhere, or over another line, on which nobody waits for it. */
  afterwards: "nowhere" | "elsewhere";
}

/** Travels among Bolt's custom properties. */
const property = "sitrepLine";

export const arrivedOver = (line: Line): Record<string, unknown> => ({ [property]: line });

/** Answers over the line that it came over. @throws when that is gone */
export async function answerOver({ customProperties, ack }: ReceiverEvent, answer: unknown): Promise<void> {
  const line: Line | undefined = customProperties?.[property];
  const isGone = line?.isGone() === true;
  if (!isGone || line.afterwards === "nowhere") await ack(answer);
  if (isGone) throw new Error("The line to Slack is gone");
}
