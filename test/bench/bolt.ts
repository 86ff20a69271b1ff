import { Child } from "./child.ts";
import type { Installed } from "./slack.ts";

/** A Bolt app that acknowledges and does nothing, in a process of its own. */
export async function bareBolt({
  env,
  signingSecret,
  botId,
  botUserId,
}: Installed): Promise<{ port: number; pid: number } & AsyncDisposable> {
  const child = new Child("test/bench/bare-bolt.ts", [
    signingSecret,
    env["SLACK_BOT_TOKEN"] ?? "",
    botId,
    botUserId,
  ]);
  const { port } = await child.hears<{ port: number }>();
  return { port, pid: child.pid, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() };
}
