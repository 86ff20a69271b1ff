/** Why Sitrep cannot start, in one sentence for whoever starts it. */
export interface StartFault {
  fault: string;
}

export function botTokenFault(code: string): StartFault {
  switch (code) {
    case "not_allowed_token_type":
      return {
        fault:
          "SLACK_BOT_TOKEN is no bot token: copy the Bot User OAuth Token (xoxb-…) from the app's page OAuth & Permissions.",
      };
    case "account_inactive":
    case "token_revoked":
    case "user_removed_from_team":
      return {
        fault: `SLACK_BOT_TOKEN was revoked (${code}): install the app again and copy its new Bot User OAuth Token.`,
      };
    case "token_expired":
      return {
        fault:
          "SLACK_BOT_TOKEN has expired: token rotation is on for the app, which Sitrep does not use; create an app without it.",
      };
    case "invalid_auth":
    case "not_authed":
      return {
        fault: `Slack does not accept SLACK_BOT_TOKEN (${code}): copy the Bot User OAuth Token (xoxb-…) from the app's page OAuth & Permissions.`,
      };
    default:
      return { fault: `Slack refuses SLACK_BOT_TOKEN: ${code}.` };
  }
}

export function appTokenFault(code: string): StartFault {
  const where = "the app's page Basic Information, App-Level Tokens";
  switch (code) {
    case "missing_scope":
      return {
        fault: `SLACK_APP_TOKEN lacks the scope connections:write: make one that has it on ${where}.`,
      };
    case "not_allowed_token_type":
      return { fault: `SLACK_APP_TOKEN is no app-level token: copy one (xapp-…) from ${where}.` };
    default:
      return { fault: `Slack does not accept SLACK_APP_TOKEN (${code}): copy one (xapp-…) from ${where}.` };
  }
}
