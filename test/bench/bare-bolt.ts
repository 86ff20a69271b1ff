// What Sitrep is compared with: a Bolt app that acknowledges and does nothing.
import { App, HTTPReceiver, LogLevel } from "@slack/bolt";

const [signingSecret = "", token = "", botId = "", botUserId = ""] = process.argv.slice(2);
const receiver = new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR });
const app = new App({
  token,
  receiver,
  botId,
  botUserId,
  tokenVerificationEnabled: false,
  logLevel: LogLevel.ERROR,
});
app.event("message", async () => {});
const server = await app.start(0);
const address = server.address();
process.send?.({ port: typeof address === "object" ? address?.port : undefined });
process.on("disconnect", () => process.exit());
