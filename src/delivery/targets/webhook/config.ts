import type { Webhook } from '../../../domain/targets/webhook';
import { forbiddenWhy } from '../../../net/public-address';
import { type Settings, Switch } from '../variables';

/** What the environment says about webhooks. */
export interface WebhookConfig {
  /** By the name of the variable. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Also allows addresses on private networks, and http. */
  readonly allowPrivate: boolean;
}

const SHORTEST_KEY = 24;
/** The key in a secret; null if it is not one. */
export function keyOf(secret: string): Buffer | null {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return key.length < SHORTEST_KEY ? null : key;
}

/** Why a webhook cannot be used, as a code, or null. */
export function webhookFault(
  { secrets, allowPrivate }: WebhookConfig,
  { url, secret }: Pick<Webhook, 'url' | 'secret'>,
): string | null {
  const given = secrets.get(secret);
  if (!given) return 'webhook_no_secret';
  if (!keyOf(given)) return 'webhook_secret';
  const why = forbiddenWhy(new URL(url), allowPrivate);
  return why && `webhook_${why}`;
}

/** WEBHOOK_SECRET_… and WEBHOOKS_ALLOW_PRIVATE. */
export const webhookSettings: Settings<WebhookConfig> = {
  names: ['WEBHOOKS_ALLOW_PRIVATE'],
  read(given) {
    const secrets = new Map(
      Object.entries(given).flatMap(([name, value]) =>
        name.startsWith('WEBHOOK_SECRET_') && value ? [[name, value] as const] : [],
      ),
    );
    const { data: allowPrivate = false, error } = Switch.safeParse(given.WEBHOOKS_ALLOW_PRIVATE);
    const faults = (error?.issues ?? []).map(({ message }) => `WEBHOOKS_ALLOW_PRIVATE ${message}.`);
    return { value: { secrets, allowPrivate }, faults, secrets: [...secrets.values()], off: [] };
  },
};
