import type { Actor } from '../domain/actor';
import type { ContactStanding } from '../domain/contact-rule';
import type { ContactSubject, FormNotice } from '../domain/forms/notice';
import { contactStanding } from './contact-standing';
import type { ServiceDeps } from './deps';

const reminderOf = (to: Actor, sj: string) => `reminder:${to}:${sj}`;

/** When the agent will be reminded, or null if there is nothing to wait for anymore. */
export async function remindMe(deps: ServiceDeps, to: Actor, subject: ContactSubject): Promise<Date | null> {
  const { needs, opensAt } = await contactStanding(deps, subject.sj);
  if (needs !== 'wait' || !opensAt) return null;
  const about = reminderOf(to, subject.sj);
  const { sp, sj } = subject;
  const letter = { to, about, content: { type: 'reminder', sp, sj } as const, at: opensAt };
  const isPending = async () => +((await deps.letters.pending(about)) ?? 0) === +opensAt;
  // One that was dropped keeps its id.
  const id = `${about}:${+opensAt}`;
  for (let again = 2, isNew = await deps.letters.put({ id, ...letter }); !isNew && !(await isPending()); again++)
    isNew = await deps.letters.put({ id: `${id}:${again}`, ...letter });
  return opensAt;
}

export const dropReminder = ({ letters }: ServiceDeps, to: Actor, sj: string): Promise<void> =>
  letters.withdraw(reminderOf(to, sj));

/** The notice, with the promised time instead of the offer if this reader already took it for this count. */
export async function withReminder(
  { letters }: ServiceDeps,
  reader: Actor | null,
  { opensAt }: Pick<ContactStanding, 'opensAt'>,
  notice: FormNotice,
): Promise<FormNotice> {
  if (!reader || !notice.offers.includes('remind_me')) return notice;
  const at = await letters.pending(reminderOf(reader, notice.about.sj));
  if (!at || +at !== +(opensAt ?? 0)) return notice;
  return { ...notice, say: [...notice.say, ' ', ...remindedWords(at)], offers: [] };
}

export const remindedWords = (at: Date): FormNotice['say'] => ['You get a DM ', { at }, '.'];
