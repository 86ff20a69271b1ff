import { z } from "zod";
import { type Caller, pages } from "../calls.ts";

const membersSchema = z.object({ members: z.array(z.string()) });

/** User ids of all who are in a channel, apps included. */
export async function membersOf(caller: Caller, channel: string): Promise<Set<string>> {
  const found = new Set<string>();
  const list = pages(caller, "conversations.members", { channel, limit: 200 }, membersSchema, Infinity);
  for await (const { members } of list) for (const user of members) found.add(user);
  return found;
}
