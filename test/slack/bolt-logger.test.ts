import { WebClient } from "@slack/web-api";
import { expect, it } from "vitest";
import { boltLogger } from "../../src/slack/bolt-logger.ts";

it("leaves it to whoever made a call to tell that it failed, so that an outage is not told twice", async () => {
  const told: string[] = [];
  const at = (level: string) => (_fields: object, says: string) => void told.push(`${level} ${says}`);
  const log = { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
  const logger = boltLogger(log);
  const slackApiUrl = "http://127.0.0.1:1/api/";
  const client = new WebClient("xoxb-1", { slackApiUrl, logger, retryConfig: { retries: 0 } });
  await expect(client.auth.test()).rejects.toThrow(/\S/);
  logger.warn("Malformed request body");
  expect(told).toEqual([expect.stringContaining("debug http request failed"), "warn Malformed request body"]);
});
