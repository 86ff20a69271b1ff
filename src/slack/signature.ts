import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";

/** Of a request that Slack has signed: its headers, and its body as it came. */
export interface Signed {
  /** `x-slack-request-timestamp`, in seconds. */
  timestamp: string | undefined;
  /** `x-slack-signature` */
  signature: string | undefined;
  body: Buffer;
}

/** Seconds. One from the future is let through, as Bolt does: a clock that is slow here must not shut Slack out. */
const oldest = 5 * 60;

/**
 * Says what is wrong with a request's signature; null: nothing.
 * @param now wire milliseconds
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function signatureCheck(secret: string): (request: Signed, now: number) => string | null {
  const key = createSecretKey(secret, "utf8");
  return ({ timestamp, signature, body }, now) => {
    if (timestamp === undefined || signature === undefined) return "it is not signed";
    if (!/^\d+$/.test(timestamp)) return "its timestamp is no number";
    if (Number(timestamp) < Math.floor(now / 1000) - oldest)
      return "it was signed more than five minutes ago, or the clock here is wrong";
    const hmac = createHmac("sha256", key).update(`v0:${timestamp}:`).update(body).digest("hex");
    const [ours, given] = [Buffer.from(`v0=${hmac}`), Buffer.from(signature)];
    const isOurs = ours.length === given.length && timingSafeEqual(ours, given);
    return isOurs ? null : "it was not signed with SLACK_SIGNING_SECRET";
  };
}
