import type { SlackRoom } from "../room.ts";

/** Nothing can be said in Slack any more. https://docs.slack.dev/reference/events/tokens_revoked */
export async function onTokensRevoked(
  { token, auth }: SlackRoom,
  { bot = [] }: { bot?: readonly string[] | undefined },
): Promise<void> {
  if (bot.includes(auth.botUserId)) token.refused("token_revoked");
}

/** The order of the two is not promised: https://docs.slack.dev/reference/events/app_uninstalled */
export async function onUninstalled({ token }: SlackRoom): Promise<void> {
  token.refused("account_inactive");
}
