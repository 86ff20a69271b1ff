import { z } from "zod";
import type { CommandNamed } from "../../domain/command.ts";
import type { Incident } from "../../domain/incident.ts";
import type { MessageFact } from "../../domain/record.ts";
import type { Person } from "../../store/port.ts";
import { askFor, isRefusal } from "../calls.ts";
import type { Stage } from "../perform/stage.ts";
import type { Comparison } from "./compare.ts";
import type { Room, Task } from "./progress.ts";

/** What a task is given. */
export interface Reading {
  stage: Stage;
  incident: Incident;
  room: Room;
  comparison: Comparison;
}

/** What came of a task. */
export interface Read {
  facts: MessageFact[];
  /** What it leaves to do, before all that is left already. */
  next: Task[];
  result?: CommandNamed<"CompareMembers">;
  people?: Person[];
}

/** Slack advises no more. */
export const pageSize = 200;

const pagedSchema = z.object({
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** One page; the cursor is empty on the last one. One that Slack no longer knows is done without: the window says where to go on. */
export async function askPage<Schema extends z.ZodObject>(
  { stage }: Pick<Reading, "stage">,
  method: string,
  window: Record<string, unknown>,
  cursor: string,
  schema: Schema,
): Promise<{ answer: z.infer<Schema>; cursor: string }> {
  const args = { ...window, limit: pageSize };
  const both = schema.extend(pagedSchema.shape);
  const answer = await askFor(stage, method, { ...args, ...(cursor !== "" && { cursor }) }, both).catch(
    (error: unknown) => {
      if (cursor !== "" && isRefusal(error, "invalid_cursor")) return askFor(stage, method, args, both);
      throw error;
    },
  );
  const { response_metadata: paging } = pagedSchema.parse(answer);
  return { answer: schema.parse(answer), cursor: paging?.next_cursor ?? "" };
}
