import { isDeepStrictEqual } from 'node:util';
import type { ContactAttempt } from '../domain/contact-rule';
import { standingOffers, standingWords } from '../domain/contact-words';
import type { FormNotice } from '../domain/forms/notice';
import { maskPersonalData } from '../domain/personal-data';
import { contactStanding } from './contact-standing';
import type { ServiceDeps } from './deps';
import { withReminder } from './remind-me';

/** An attempt as it is submitted; `id` is its view id. */
export interface ContactReport extends Omit<ContactAttempt, 'at'> {
  readonly id: string;
  /** The SP account the agent came with, to fill in later; empty when none. */
  readonly sp: string;
}

/**
 * Keeps an attempt to contact the SP as a record of the SJ (domain section 6) and gives what comes next, and whether
 * the attempt counts. A replay of the same submission records nothing twice, and a corrected one is an attempt of its
 * own; card numbers and SSNs are masked first (10). Rejects when the store cannot be reached.
 */
export async function recordContact(
  deps: ServiceDeps,
  { id, sp, ...attempt }: ContactReport,
): Promise<{ notice: FormNotice; counts: boolean }> {
  const outcome = attempt.outcome && maskPersonalData(attempt.outcome).text;
  // Whole seconds, as people are shown them: what is said to open at a moment opens at that moment.
  const at = new Date(Math.floor(+deps.now() / 1000) * 1000);
  const given = { ...attempt, outcome, at };
  const kept = await deps.contacts.add(id, given);
  // Attempts are never edited: what its sender corrected after a try that seemed to fail is one of its own.
  if (!isDeepStrictEqual({ ...kept, at }, given)) await deps.contacts.add(`${id}:corrected`, given);
  const { sj, by } = attempt;
  const standing = await contactStanding(deps, sj);
  // A window that confirms an attempt offers no further one.
  const offers = standingOffers(standing).filter((offer) => offer !== 'record_attempt');
  const notice = await withReminder(deps, by, { say: standingWords(sj, standing), offers, about: { sp, sj } });
  return { notice, counts: standing.uncounted === null };
}
