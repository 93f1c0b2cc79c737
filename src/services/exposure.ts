import { mailboxOf, queuesOf } from '../domain/effects';
import { broughtHome, withdrawnFrom } from '../domain/exposure';
import type { ServiceDeps } from './deps';
import type { StoredCase } from './ports';

const PAGE = 100;

/**
 * Brings need-to-know cards in line with who reads their channel now: while another company does, what stands there in
 * full gives way to a pointer and a stand-in; once none does, open cases show it there in full again. May be repeated, and
 * then changes nothing. Gives how many cases it changed. Rejects when the store cannot be reached.
 */
export async function followSharing(deps: ServiceDeps, channel: string, isShared: boolean): Promise<number> {
  const { cases, now, onStored } = deps;
  const read = isShared ? cases.shownInFull : cases.keptFrom;
  const moved = isShared ? withdrawnFrom : broughtHome;
  const save = async (stored: StoredCase): Promise<boolean> => {
    const mailbox = moved(stored, mailboxOf(stored), channel, now());
    if (!mailbox || !(await cases.save(stored, { facts: stored, events: [], mailbox }))) return false;
    onStored(queuesOf(mailbox));
    return true;
  };
  let changed = 0;
  for (;;) {
    const page = await read(channel, PAGE);
    let done = 0;
    for (const stored of page) if (await save(stored)) done++;
    changed += done;
    // Of a page that others have changed meanwhile, the next look takes what is left.
    if (page.length < PAGE || !done) return changed;
  }
}
