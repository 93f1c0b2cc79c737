import { broughtHome, type Exposure, withdrawnFrom } from '../domain/exposure';
import { queuesOf } from '../domain/lane-queue';
import { mailboxOf } from '../domain/mailbox';
import type { ServiceDeps } from './deps';
import type { StoredCase } from './ports/cases';

const PAGE = 100;

/**
 * Matches need-to-know cards to who reads their channel now: while others do (`why`), full cards give way to a pointer
 * and a substitute; once no one else does, open cases are shown there in full again. Repeating it changes nothing.
 * Returns how many cases changed. Rejects if the store is unreachable.
 */
export async function followReaders(deps: ServiceDeps, channel: string, why: Exposure | null): Promise<number> {
  const { cases, now, onStored } = deps;
  const read = why ? cases.shownInFull : cases.keptFrom;
  /** A lost race is decided again, so that someone's change at that moment does not stop the move. */
  const follow = async (stored: StoredCase): Promise<boolean> => {
    for (let based: StoredCase | null = stored; based; based = await cases.byId(stored.id)) {
      const [owed, at] = [mailboxOf(based), now()];
      const mailbox = why ? withdrawnFrom(based, owed, { channel, why, at }) : broughtHome(based, owed, channel, at);
      if (!mailbox) return false;
      if (!(await cases.save(based, { facts: based, events: [], mailbox }))) continue;
      onStored(queuesOf(mailbox));
      return true;
    }
    return false;
  };
  let changed = 0;
  for (;;) {
    const page = await read(channel, PAGE);
    let done = 0;
    for (const stored of page) if (await follow(stored)) done++;
    changed += done;
    // If a full page needed no change, the next look takes the rest.
    if (page.length < PAGE || !done) return changed;
  }
}
