import { CLOCKS_DIFFER_MS } from '../domain/clocks';
import { queuesOf } from '../domain/lane-queue';
import { LONGEST_PAUSE_MS } from '../domain/letters';
import { inTime, mailboxOf } from '../domain/mailbox';
import type { ServiceDeps } from './deps';
import { pages, workedOff } from './pages';
import type { CaseRecord } from './ports/cases';
import { tickCase } from './tick-cases';

const PAGE = 200;

/**
 * Ends waiting caused by a clock that was ahead: a case's reminders count from now, its messages and all letters may go
 * out. Repeating it changes nothing. Returns how many cases are dated in the future, and by how much at most, ms. A
 * case that cannot be fixed is reported and does not stop the others.
 */
export async function setClocksRight(
  deps: ServiceDeps,
  now: Date,
  onFault: (error: unknown) => void,
): Promise<{ readonly cases: number; readonly aheadMs: number }> {
  await deps.letters.bringForward(now, new Date(+now + LONGEST_PAUSE_MS));
  const moment = new Date(+now + CLOCKS_DIFFER_MS);
  const one = async (id: string) => {
    await tickCase(deps, id);
    await release(deps, id, now);
  };
  let [cases, aheadMs] = [0, 0];
  // A case keeps its date, so the first page stays full.
  for await (const page of pages<CaseRecord>(PAGE, (last) => deps.cases.changedAfter(moment, PAGE, last))) {
    for (const { row, result } of await workedOff(page, ({ id }) => one(id))) {
      cases++;
      aheadMs = Math.max(aheadMs, +row.changedAt - +now);
      if (result.status === 'rejected') onFault(result.reason);
    }
  }
  return { cases, aheadMs };
}

/** A lost race is left to the next look: the winner has fixed the case. */
async function release({ cases, onStored }: ServiceDeps, id: string, now: Date): Promise<void> {
  const based = await cases.byId(id);
  if (!based) return;
  const owed = mailboxOf(based);
  const mailbox = inTime(owed, now);
  if (mailbox === owed) return;
  if (await cases.save(based, { facts: based, events: [], mailbox })) onStored(queuesOf(mailbox));
}
