import { broughtHome, type Exposure, withdrawnFrom } from '../domain/exposure';
import { queuesOf } from '../domain/lane-queue';
import { mailboxOf } from '../domain/mailbox';
import type { ServiceDeps } from './deps';
import type { StoredCase } from './ports/cases';

const PAGE = 100;

/**
 * Brings need-to-know cards in line with who reads their channel now: while others do (`why`), what stands there in full
 * gives way to a pointer and a stand-in; once none does, open cases show it there in full again. May be repeated, and
 * then changes nothing. Gives how many cases it changed. Rejects when the store cannot be reached.
 */
export async function followReaders(deps: ServiceDeps, channel: string, why: Exposure | null): Promise<number> {
  const { cases, now, onStored } = deps;
  const read = why ? cases.shownInFull : cases.keptFrom;
  /** A lost race is decided again: what someone wrote at that moment keeps no case away from its place. */
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
    // Of a full page that needed nothing, the next look takes what is left.
    if (page.length < PAGE || !done) return changed;
  }
}
