import { z } from "zod";

const text = (min: number, max: number) => z.string().min(min).max(max);
const webAddress = (max: number) =>
  z
    .string()
    .regex(/^https?:\/\//)
    .max(max);
const unique = <Item extends z.ZodType>(item: Item, max: number) =>
  z
    .array(item)
    .max(max)
    .refine((list) => new Set(list.map((entry) => JSON.stringify(entry))).size === list.length, {
      error: "names something twice",
    });

const scopes = z.array(z.string().max(50)).max(255);
const events = unique(z.string().max(50), 100);
const prompts = z.array(z.strictObject({ title: z.string(), message: z.string() }));

const displayInformation = z.strictObject({
  name: text(1, 35),
  description: text(1, 140).optional(),
  long_description: text(175, 4000).optional(),
  background_color: z
    .string()
    .regex(/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i)
    .optional(),
});

const slashCommand = z.strictObject({
  command: text(2, 32).regex(/^\//),
  description: text(1, 2000),
  usage_hint: text(1, 1000).optional(),
  url: webAddress(3000).optional(),
  should_escape: z.boolean().default(false),
});

const shortcut = z.strictObject({
  name: text(1, 24),
  type: z.enum(["message", "global"]),
  callback_id: text(1, 255),
  description: text(1, 150),
});

const features = z.strictObject({
  app_home: z
    .strictObject({
      home_tab_enabled: z.boolean().optional(),
      messages_tab_enabled: z.boolean().optional(),
      messages_tab_read_only_enabled: z.boolean().optional(),
    })
    .optional(),
  bot_user: z.strictObject({ display_name: text(1, 80), always_online: z.boolean().optional() }).optional(),
  slash_commands: z.array(slashCommand).min(1).max(50).optional(),
  shortcuts: z.array(shortcut).min(1).max(10).optional(),
  unfurl_domains: unique(z.string().max(255), 5).min(1).optional(),
  agent_view: z
    .strictObject({
      agent_description: z.string().max(300).optional(),
      suggested_prompts: prompts.max(4).optional(),
      actions: z.array(z.strictObject({ name: z.string(), description: z.string() })).optional(),
    })
    .optional(),
  assistant_view: z
    .strictObject({ assistant_description: z.string(), suggested_prompts: prompts.optional() })
    .optional(),
});

const oauthConfig = z.strictObject({
  scopes: z
    .strictObject({
      bot: scopes.optional(),
      user: scopes.optional(),
      bot_optional: scopes.optional(),
      user_optional: scopes.optional(),
    })
    .optional(),
  redirect_urls: unique(z.string().max(2500), 1000).optional(),
  token_management_enabled: z.boolean().optional(),
  pkce_enabled: z.boolean().optional(),
});

const settings = z.strictObject({
  event_subscriptions: z
    .strictObject({
      request_url: webAddress(3500).optional(),
      bot_events: events.optional(),
      user_events: events.optional(),
      metadata_subscriptions: unique(
        z.strictObject({ app_id: z.string(), event_type: z.string().max(50) }),
        20,
      )
        .min(1)
        .optional(),
    })
    .optional(),
  interactivity: z
    .strictObject({
      is_enabled: z.boolean(),
      request_url: webAddress(3500).optional(),
      message_menu_options_url: webAddress(3500).optional(),
    })
    .optional(),
  incoming_webhooks: z.strictObject({ incoming_webhooks_enabled: z.boolean().optional() }).optional(),
  siws_links: z
    .strictObject({ initiate_uri: z.string().startsWith("https://").max(3500).optional() })
    .optional(),
  allowed_ip_address_ranges: unique(z.cidrv4().or(z.ipv4()), 50).min(1).optional(),
  org_deploy_enabled: z.boolean().optional(),
  socket_mode_enabled: z.boolean().optional(),
  token_rotation_enabled: z.boolean().optional(),
  is_hosted: z.boolean().optional(),
  is_mcp_enabled: z.boolean().optional(),
  function_runtime: z.string().optional(),
});

/**
 * The parts of Slack's manifest schema (v2) that a bot has; hosted functions, workflows and their kin are unknown keys here.
 * Source: https://github.com/slackapi/manifest-schema and https://docs.slack.dev/reference/app-manifest
 */
export const manifestSchema = z.strictObject({
  $schema: z.string().optional(),
  _metadata: z
    .strictObject({
      schema_version: z.int().optional(),
      min_version: z.int().optional(),
      major_version: z.int().optional(),
      minor_version: z.int().optional(),
    })
    .optional(),
  display_information: displayInformation,
  features: features.optional(),
  oauth_config: oauthConfig.optional(),
  settings: settings.optional(),
});

export type ManifestDocument = z.infer<typeof manifestSchema>;
