import { CLOCKS_DIFFER_MS } from '../domain/clocks';
import { queuesOf } from '../domain/lane-queue';
import { LONGEST_PAUSE_MS } from '../domain/letters';
import { inTime, mailboxOf } from '../domain/mailbox';
import type { ServiceDeps } from './deps';
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
  const ahead = await deps.cases.changedAfter(new Date(+now + CLOCKS_DIFFER_MS), PAGE);
  for (const { id } of ahead) {
    try {
      await tickCase(deps, id);
      await release(deps, id, now);
    } catch (error) {
      onFault(error);
    }
  }
  return { cases: ahead.length, aheadMs: Math.max(0, ...ahead.map(({ changedAt }) => +changedAt - +now)) };
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
