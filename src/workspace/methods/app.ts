import type { MethodRow } from "./contract.ts";

const authTest: MethodRow = {
  tier: "special",
  token: "bot",
  scopes: {},
  json: true,
  args: {},
  errors: [],
  source: "https://docs.slack.dev/reference/methods/auth.test",
  run({ state, installation }) {
    return {
      ok: true,
      url: `https://${state.team.domain}.slack.com/`,
      team: state.team.name,
      user: state.person(installation.botUserId)?.name,
      team_id: installation.teamId,
      user_id: installation.botUserId,
      bot_id: installation.botId,
      is_enterprise_install: false,
    };
  },
};

const openConnection: MethodRow = {
  // Slack's pages disagree between tiers 1 and 3: the stricter one.
  tier: 1,
  token: "app",
  scopes: {},
  json: true,
  args: {},
  errors: [],
  source: "https://docs.slack.dev/reference/methods/apps.connections.open",
  run: ({ sockets }) => ({ ok: true, url: sockets.issueUrl() }),
};

export const app = { "auth.test": authTest, "apps.connections.open": openConnection };
