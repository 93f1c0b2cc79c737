import type { CaseFacts } from './case';
import type { CaseEvent } from './event';
import type { Delivery } from './mailbox';
import { laneOf, type Webhook, wants } from './targets/webhook';

/** The webhook deliveries for these events, in order. */
export const eventsOwed = (
  webhooks: readonly Webhook[],
  { ref, kind, changedAt }: Pick<CaseFacts, 'ref' | 'kind' | 'changedAt'>,
  events: readonly Pick<CaseEvent, 'seq'>[],
): Delivery[] =>
  webhooks
    .filter((webhook) => wants(webhook, kind))
    .flatMap(({ name }) =>
      events.map(
        ({ seq }): Delivery => ({
          id: `${ref}:event:${seq}:${name}`,
          to: { address: laneOf(name) },
          content: { type: 'event', seq },
          lane: laneOf(name),
          at: changedAt,
          dead: null,
        }),
      ),
    );
