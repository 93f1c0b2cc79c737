import type { Actor } from '../domain/case';
import type { ContactSubject, FormNotice } from '../domain/forms/notice';
import { contactStanding } from './contact-standing';
import type { ServiceDeps } from './deps';

/** The moment the agent will be reminded, or null when there is nothing to wait for any more. */
export async function remindMe(deps: ServiceDeps, to: Actor, about: ContactSubject): Promise<Date | null> {
  const { needs, opensAt } = await contactStanding(deps, about.sj);
  if (needs !== 'wait' || !opensAt) return null;
  await deps.reminders.keep({ id: `${to}:${about.sj}:${+opensAt}`, to, ...about, at: opensAt });
  return opensAt;
}

/** The notice, with the promise in place of the offer where this reader has taken it already. */
export async function withReminder(
  { reminders }: ServiceDeps,
  reader: Actor | null,
  notice: FormNotice,
): Promise<FormNotice> {
  if (!reader || !notice.offers.includes('remind_me')) return notice;
  const at = await reminders.pending(reader, notice.about.sj);
  if (!at) return notice;
  return { ...notice, say: [...notice.say, ' ', ...remindedWords(at)], offers: [] };
}

export const remindedWords = (at: Date): FormNotice['say'] => ['You get a DM ', { at }, '.'];
