import type { Policy } from '../domain/policy';
import { unsetAmong, webhookUnset } from '../domain/targets';
import type { Webhook } from '../domain/targets/webhook';

/** What the environment says about the targets that a policy may name. */
export interface SetTargets {
  /** The names of targets that are not set up. */
  readonly targetsOff: readonly string[];
  /** Why a webhook cannot be used, as a code, or null. */
  readonly webhookFault: (webhook: Webhook) => string | null;
}

/** What to say about named targets and webhooks that are not set up, one sentence each. */
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
