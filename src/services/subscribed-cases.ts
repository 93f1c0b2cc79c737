import { withAccessOwed } from '../domain/access-owed';
import { enqueue, type Mailbox, mailboxOf } from '../domain/mailbox';
import { mailboxWithinBounds } from '../domain/mailbox-bounds';
import type { Lane } from '../domain/targets';
import { eventsOwed, type Webhook } from '../domain/targets/webhook';
import type { CaseStore, Change } from './ports/cases';

/**
 * The same store; whatever events a write appends, what they owe to webhooks and to the access log is part of that write
 * (architecture section 3), whoever makes it. `kick` is told of the lanes in which something waits then.
 */
export function subscribedCases<Store extends CaseStore>(
  cases: Store,
  webhooks: () => Promise<readonly Webhook[]>,
  kick: (lanes: readonly Lane[]) => void,
): Store {
  async function owing({ facts, events, mailbox }: Change): Promise<{ mailbox: Mailbox; lanes: readonly Lane[] }> {
    if (!events.length) return { mailbox, lanes: [] };
    const logged = withAccessOwed(mailbox.outbox, facts, events);
    const owed = eventsOwed(await webhooks(), facts, events);
    if (!owed.length && logged === mailbox.outbox) return { mailbox, lanes: [] };
    const outbox = enqueue(logged, ...owed);
    const added = outbox.filter((one) => !mailbox.outbox.includes(one));
    return {
      mailbox: mailboxWithinBounds({ posts: mailbox.posts, outbox }),
      lanes: [...new Set(added.map(({ lane }) => lane))],
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
