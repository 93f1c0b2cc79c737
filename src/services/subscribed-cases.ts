import { withAccessOwed } from '../domain/access-owed';
import { eventsOwed } from '../domain/events-owed';
import { type Queue, queuesOf } from '../domain/lane-queue';
import { enqueue, type Mailbox, mailboxOf } from '../domain/mailbox';
import { mailboxWithinBounds } from '../domain/mailbox-bounds';
import type { Webhook } from '../domain/targets/webhook';
import type { CaseStore, Change } from './ports/cases';

/**
 * The same store; each write that appends events also stores their webhook and access log deliveries (architecture
 * section 3), whoever makes it. `kick` is told the queues in which something waits.
 */
export function subscribedCases<Store extends CaseStore>(
  cases: Store,
  webhooks: () => Promise<readonly Webhook[]>,
  kick: (queues: readonly Queue[]) => void,
): Store {
  async function owing({ facts, events, mailbox }: Change): Promise<{ mailbox: Mailbox; queues: readonly Queue[] }> {
    if (!events.length) return { mailbox, queues: [] };
    const logged = withAccessOwed(mailbox.outbox, facts, events);
    const owed = eventsOwed(await webhooks(), facts, events);
    if (!owed.length && logged === mailbox.outbox) return { mailbox, queues: [] };
    const outbox = enqueue(logged, ...owed);
    const added = outbox.filter((one) => !mailbox.outbox.includes(one));
    return {
      mailbox: mailboxWithinBounds({ posts: mailbox.posts, outbox }),
      queues: queuesOf({ posts: [], outbox: added }),
    };
  }
  return {
    ...cases,
    async insert(stored, untold) {
      const { mailbox, queues } = await owing({ facts: stored, events: stored.events, mailbox: mailboxOf(stored) });
      const outcome = await cases.insert({ ...stored, ...mailbox }, untold);
      if (outcome === 'inserted' && queues.length) kick(queues);
      return outcome;
    },
    async save(based, next) {
      const { mailbox, queues } = await owing(next);
      const isSaved = await cases.save(based, { ...next, mailbox });
      if (isSaved && queues.length) kick(queues);
      return isSaved;
    },
  };
}
