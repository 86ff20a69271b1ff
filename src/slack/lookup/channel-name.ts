import { z } from "zod";
import { askFor, type Caller, CallFailed } from "../calls.ts";

const infoSchema = z.object({ channel: z.object({ name: z.string() }) });

/** Without `#`; undefined where Slack does not say. */
export async function channelName(caller: Caller, channel: string): Promise<string | undefined> {
  try {
    return (await askFor(caller, "conversations.info", { channel }, infoSchema)).channel.name;
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    return undefined;
  }
}
