import { Webhook as Signature } from 'standardwebhooks';
import { nameInLane, type Webhook, wants } from '../../../domain/targets/webhook';
import type { TargetContext } from '../context';
import { type Failure, outside, type Parcel, type Target } from '../target';
import { keyOf } from './config';
import { payload } from './payload';
import { postJson, WebhookError } from './post';

/** Posts a signed body to a webhook; `id` is the same for every try. Rejects with what `webhookFailure` reads. */
export async function postSigned(
  config: TargetContext['webhooks'],
  id: string,
  { url, secret }: Webhook,
  body: string,
): Promise<void> {
  const at = new Date();
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(+at / 1000)),
    'webhook-signature': signatureOf(config.secrets.get(secret)).sign(id, at, body),
    'user-agent': 'Warmline',
  };
  await postJson(new URL(url), body, headers, config.allowPrivate);
}

type WebhookDeps = Pick<TargetContext, 'webhooks' | 'policy' | 'history' | 'now' | 'patience'>;

/**
 * Posts case events, signed as in Standard Webhooks: `webhook-id` is the delivery's id, the same for every try; id,
 * timestamp and body are signed as sent.
 */
export function webhookTarget({ webhooks: config, policy, history, now, patience }: WebhookDeps): Target {
  /** Null if the policy no longer names it, or not for such cases. */
  async function receiverOf({ stored, delivery }: Parcel): Promise<Webhook | null> {
    const name = nameInLane(delivery.lane);
    const found = (await policy()).webhooks.find((one) => one.name === name);
    return found && wants(found, stored.kind) ? found : null;
  }

  async function bodyFor({ stored, delivery }: Parcel, { need_to_know: mayReadAll }: Webhook): Promise<string | null> {
    const { content } = delivery;
    if (content.type === 'more') return payload(stored, { ...content, at: now() }, mayReadAll);
    const event = content.type === 'event' ? await history.numbered(stored, content.seq) : null;
    return event && payload(stored, event, mayReadAll);
  }

  return {
    async draw([parcel]) {
      const receiver = parcel && (await receiverOf(parcel));
      const body = receiver && (await bodyFor(parcel, receiver));
      return parcel && receiver && body
        ? outside(parcel, () => postSigned(config, parcel.delivery.id, receiver, body))
        : null;
    },
    bars: async () => null,
    failureOf: webhookFailure,
    patience: patience.outside,
    intervalMs: 0,
    serviceOf: (lane) => lane,
  };
}

function signatureOf(secret: string | undefined): Signature {
  if (!secret) throw new WebhookError('webhook_no_secret');
  const key = keyOf(secret);
  if (!key) throw new WebhookError('webhook_secret');
  return new Signature(key.toString('base64'));
}

/** Failures may pass within the day of retries; only a receiver that says it is gone is believed at once. */
export function webhookFailure(error: unknown): Failure {
  if (error instanceof WebhookError)
    return error.fault === 'webhook_gone'
      ? { is: 'refused', fault: error.fault }
      : { is: 'unheard', fault: error.fault, own: error.own };
  const { code, name } = error as Error & { code?: string };
  if (name === 'AbortError' || name === 'TimeoutError')
    return { is: 'unheard', fault: 'no answer in time', own: false };
  if (code !== undefined && /^E?[A-Z_]+$/.test(code)) return { is: 'unheard', fault: code, own: false };
  return { is: 'unknown', fault: String(error).slice(0, 200) };
}
