/** What of webhooks stands in the environment. */
export interface WebhookConfig {
  /** By the name of the variable. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Addresses on private networks, and http, may be posted to as well. */
  readonly allowPrivate: boolean;
}

/** Reads WEBHOOK_SECRET_… and WEBHOOKS_ALLOW_PRIVATE. */
export const readWebhookConfig = (given: Readonly<Record<string, string | undefined>>): WebhookConfig => ({
  secrets: new Map(
    Object.entries(given).flatMap(([name, value]) =>
      name.startsWith('WEBHOOK_SECRET_') && value ? [[name, value] as const] : [],
    ),
  ),
  allowPrivate: given.WEBHOOKS_ALLOW_PRIVATE === 'yes',
});
