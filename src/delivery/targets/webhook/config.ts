import type { Settings } from '../settings';
/** What of webhooks stands in the environment. */
export interface WebhookConfig {
  /** By the name of the variable. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Addresses on private networks, and http, may be posted to as well. */
  readonly allowPrivate: boolean;
}

/** WEBHOOK_SECRET_… and WEBHOOKS_ALLOW_PRIVATE. */
export const webhookSettings: Settings<WebhookConfig> = {
  read(given) {
    const secrets = new Map(
      Object.entries(given).flatMap(([name, value]) =>
        name.startsWith('WEBHOOK_SECRET_') && value ? [[name, value] as const] : [],
      ),
    );
    const value = { secrets, allowPrivate: given.WEBHOOKS_ALLOW_PRIVATE === 'yes' };
    return { value, faults: [], secrets: [...secrets.values()], off: [] };
  },
};
