import { shortenEncoded, limits, fitMessage, type Message } from "./limits.ts";
import { buttons, type Offer, sentence } from "./parts.ts";

/**
 * An answer to the asker alone, in mrkdwn; words of others in it went through `safe` or `code`.
 */
export function reply(mrkdwn: string, offers: readonly Offer[] = []): Message {
  return fitMessage({
    text: shortenEncoded(mrkdwn, limits.mrkdwn),
    blocks: [sentence(mrkdwn), ...buttons(offers)],
  });
}
