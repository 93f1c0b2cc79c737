import type { Policy } from '../domain/policy';
import { unsetAmong, webhookUnset } from '../domain/targets';
import type { Webhook } from '../domain/targets/webhook';

/** What the environment says of the targets that a policy may name. */
export interface SetTargets {
  /** The names of targets to which nothing can be sent as things are set up. */
  readonly targetsOff: readonly string[];
  /** Why nothing can be posted to a webhook as things are set up, as a code; null: something can. */
  readonly webhookFault: (webhook: Webhook) => string | null;
}

/** What is said of the targets and webhooks that are named and not set up, a sentence each. */
export const unsetTargets = (
  { targetsOff, webhookFault }: SetTargets,
  named: readonly string[],
  webhooks: Policy['webhooks'],
): readonly string[] => [
  ...unsetAmong(named, targetsOff),
  ...webhooks.flatMap((one) => {
    const fault = webhookFault(one);
    return fault ? webhookUnset(one, fault) : [];
  }),
];
