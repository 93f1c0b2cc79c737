import { z } from 'zod';
import { slackMessages } from './faults';

const scopes = z.array(z.string().min(1)).max(255);
const requestUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }).max(3500);
const events = z.array(z.string().min(1)).max(100);

const slashCommand = z.strictObject({
  command: z.string().min(2).max(32).startsWith('/', 'must start with /'),
  description: z.string().min(1).max(2000),
  usage_hint: z.string().max(1000).optional(),
  url: requestUrl.max(3000).optional(),
  should_escape: z.boolean().optional(),
});

const shortcut = z.strictObject({
  type: z.enum(['global', 'message']),
  name: z.string().min(1).max(24),
  callback_id: z.string().min(1).max(255),
  description: z.string().min(1).max(150),
});

const eventSubscriptions = z.strictObject({
  request_url: requestUrl.optional(),
  bot_events: events.optional(),
  user_events: events.optional(),
  metadata_subscriptions: z
    .array(z.strictObject({ app_id: z.string(), event_type: z.string() }))
    .max(20)
    .optional(),
});

const AppManifestSchema = z
  .strictObject({
    $schema: z.string().optional(),
    _metadata: z
      .strictObject({ major_version: z.union([z.literal(1), z.literal(2)]), minor_version: z.int().optional() })
      .optional(),
    display_information: z.strictObject({
      name: z.string().min(1).max(35),
      description: z.string().max(140).optional(),
      long_description: z.string().min(175).max(4000).optional(),
      background_color: z
        .string()
        .regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i, 'must be a color like #fff or #ffffff')
        .optional(),
    }),
    features: z
      .strictObject({
        bot_user: z
          .strictObject({ display_name: z.string().min(1).max(80), always_online: z.boolean().optional() })
          .optional(),
        app_home: z
          .strictObject({
            home_tab_enabled: z.boolean().optional(),
            messages_tab_enabled: z.boolean().optional(),
            messages_tab_read_only_enabled: z.boolean().optional(),
          })
          .optional(),
        slash_commands: z.array(slashCommand).min(1).max(50).optional(),
        shortcuts: z.array(shortcut).min(1).max(10).optional(),
        unfurl_domains: z.array(z.string().min(1)).min(1).max(5).optional(),
      })
      .optional(),
    oauth_config: z
      .strictObject({
        redirect_urls: z.array(z.string().min(1)).max(1000).optional(),
        scopes: z
          .strictObject({
            bot: scopes.optional(),
            user: scopes.optional(),
            bot_optional: scopes.optional(),
            user_optional: scopes.optional(),
          })
          .optional(),
        token_management_enabled: z.boolean().optional(),
      })
      .optional(),
    settings: z
      .strictObject({
        event_subscriptions: eventSubscriptions.optional(),
        interactivity: z
          .strictObject({
            is_enabled: z.boolean(),
            request_url: requestUrl.optional(),
            message_menu_options_url: requestUrl.optional(),
          })
          .optional(),
        socket_mode_enabled: z.boolean().optional(),
        org_deploy_enabled: z.boolean().optional(),
        token_rotation_enabled: z.boolean().optional(),
        allowed_ip_address_ranges: z.array(z.string().min(1)).max(50).optional(),
        function_runtime: z.string().optional(),
      })
      .optional(),
  })
  .superRefine((manifest, context) => {
    const fault = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const commands = manifest.features?.slash_commands ?? [];
    commands.forEach(({ command }, index) => {
      if (commands.findIndex((other) => other.command === command) < index)
        fault(['features', 'slash_commands', index, 'command'], `command ${command} is listed twice`);
    });
    if (manifest.settings?.socket_mode_enabled) return;
    const withoutSocket = 'missing required field while socket mode is off';
    commands.forEach(({ url }, index) => {
      if (!url) fault(['features', 'slash_commands', index, 'url'], withoutSocket);
    });
    const { event_subscriptions, interactivity } = manifest.settings ?? {};
    if (event_subscriptions && !event_subscriptions.request_url)
      fault(['settings', 'event_subscriptions', 'request_url'], withoutSocket);
    if (interactivity?.is_enabled && !interactivity.request_url)
      fault(['settings', 'interactivity', 'request_url'], withoutSocket);
  });

export type AppManifest = z.infer<typeof AppManifestSchema>;

/**
 * Reads an app manifest (schema 1 or 2). Besides Slack's own limits, it refuses a manifest that could not work: without
 * Socket Mode, every command, the events and the interactivity need a request URL.
 */
export function parseManifest(json: unknown): { ok: true; manifest: AppManifest } | { ok: false; messages: string[] } {
  const result = AppManifestSchema.safeParse(json, { reportInput: true });
  return result.success
    ? { ok: true, manifest: result.data }
    : { ok: false, messages: slackMessages(result.error.issues, '') };
}
