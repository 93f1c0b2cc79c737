import { isDeepStrictEqual } from 'node:util';
import type { ContactAttempt } from '../domain/contact-rule';
import { standingOffers, standingWords } from '../domain/contact-words';
import type { FormNotice } from '../domain/forms/notice';
import { maskPersonalData } from '../domain/personal-data';
import { contactStanding } from './contact-standing';
import type { ServiceDeps } from './deps';
import { pressKey } from './keep-as-note';
import { withReminder } from './remind-me';

/** A submitted attempt; `id` is its view id. */
export interface ContactReport extends Omit<ContactAttempt, 'at'> {
  readonly id: string;
  /** The SP account the agent came with, to fill in later; empty if none. */
  readonly sp: string;
}

/**
 * Stores an attempt to contact the SP as a record of the SJ (domain section 6) and returns the next step, and whether
 * the attempt counts. Repeating the same submission records nothing twice, and a corrected one is a separate attempt;
 * card numbers and SSNs are masked first (10). Rejects if the store is unreachable.
 */
export async function recordContact(
  deps: ServiceDeps,
  { id, sp, ...attempt }: ContactReport,
): Promise<{ notice: FormNotice; counts: boolean }> {
  const outcome = attempt.outcome && maskPersonalData(attempt.outcome).text;
  // Whole seconds, as people see them: what opens at a time opens exactly then.
  const at = new Date(Math.floor(+deps.now() / 1000) * 1000);
  const given = { ...attempt, outcome, at };
  // Attempts are never edited: each correction after a seemingly failed try is a separate one.
  for (let press = 1; ; press++) {
    const kept = await deps.contacts.add(pressKey(id, press), given);
    if (isDeepStrictEqual({ ...kept, at }, given)) break;
  }
  const { sj, by } = attempt;
  const standing = await contactStanding(deps, sj);
  // A window that confirms an attempt offers no other one.
  const offers = standingOffers(standing).filter((offer) => offer !== 'record_attempt');
  const notice = await withReminder(deps, by, standing, {
    say: standingWords(sj, standing),
    offers,
    about: { sp, sj },
  });
  return { notice, counts: standing.uncounted === null };
}
