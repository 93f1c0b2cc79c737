import type { Letter } from '../domain/letters';
import type { Policy } from '../domain/policy';
import { storedLane } from '../domain/targets';
import type { Webhook } from '../domain/targets/webhook';
import { nameInLane } from '../domain/targets/webhook';
import type { LetterOutcome, SendLetter } from '../services/ports/letters';
import { postSigned, webhookFailure } from './targets/webhook';
import type { WebhookConfig } from './targets/webhook/config';

interface AnchorDeps {
  readonly config: WebhookConfig;
  readonly policy: () => Promise<Pick<Policy, 'webhooks'>>;
  readonly warn: (about: object, message: string) => void;
}

/** The same sender; posts anchors for a webhook to it, signed like case events. Failures are retried for a day. */
export function withAnchorPosts(send: SendLetter, deps: AnchorDeps): SendLetter {
  const post = anchorPost(deps);
  return async (letter, again, ids) => (await post(letter)) ?? send(letter, again, ids);
}

const anchorPost =
  ({ config, policy, warn }: AnchorDeps) =>
  async ({ id, to, content }: Letter): Promise<LetterOutcome | null> => {
    const name = nameInLane(storedLane(to));
    if (!name || content.type !== 'anchor') return null;
    const receiver = (await policy()).webhooks.find((one: Webhook) => one.name === name && one.anchors);
    if (!receiver) return { is: 'sent', ids: [id] }; // the policy no longer names it
    const { number, hash, previous, cases, madeAt } = content;
    const body = JSON.stringify({
      type: 'records.anchored',
      timestamp: madeAt,
      data: { number, hash, previous, cases },
    });
    try {
      await postSigned(config, id, receiver, body);
      return { is: 'sent', ids: [id] };
    } catch (error) {
      const { is, fault } = webhookFailure(error);
      warn({ letter: id, fault }, 'delivery: an anchor was not posted to its webhook');
      return is === 'refused' ? { is, fault } : { is: 'later', fault, perhaps: is === 'unknown' };
    }
  };
