import { enqueue, type Mailbox, mailboxOf } from '../domain/mailbox';
import { mailboxWithinBounds } from '../domain/mailbox-bounds';
import type { Lane } from '../domain/targets';
import { eventsOwed, type Webhook } from '../domain/targets/webhook';
import type { CaseStore, Change } from './ports/cases';

/**
 * The same store; whatever events a write appends, what they owe to webhooks is part of that write (architecture section
 * 3), whoever makes it. `kick` is told of the lanes in which something waits then.
 */
export function subscribedCases<Store extends CaseStore>(
  cases: Store,
  webhooks: () => Promise<readonly Webhook[]>,
  kick: (lanes: readonly Lane[]) => void,
): Store {
  async function owing({ facts, events, mailbox }: Change): Promise<{ mailbox: Mailbox; lanes: readonly Lane[] }> {
    const owed = events.length ? eventsOwed(await webhooks(), facts, events) : [];
    if (!owed.length) return { mailbox, lanes: [] };
    const outbox = enqueue(mailbox.outbox, ...owed);
    return {
      mailbox: mailboxWithinBounds({ posts: mailbox.posts, outbox }),
      lanes: [...new Set(owed.map(({ lane }) => lane))],
    };
  }
  return {
    ...cases,
    async insert(stored) {
      const { mailbox, lanes } = await owing({ facts: stored, events: stored.events, mailbox: mailboxOf(stored) });
      const outcome = await cases.insert({ ...stored, ...mailbox });
      if (outcome === 'inserted' && lanes.length) kick(lanes);
      return outcome;
    },
    async save(based, next) {
      const { mailbox, lanes } = await owing(next);
      const isSaved = await cases.save(based, { ...next, mailbox });
      if (isSaved && lanes.length) kick(lanes);
      return isSaved;
    },
  };
}
