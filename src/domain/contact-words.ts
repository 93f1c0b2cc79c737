import type { ContactAttempt, ContactStanding } from './contact-rule';
import type { ContactAction, Said } from './forms/notice';
import { kindThat } from './kinds';
import { capital } from './wording';

/** The kind that needs contact attempts first; null: none does. */
export const CONTACT_FIRST = kindThat(({ contactRule }) => contactRule);

/** The result of an attempt, for cards and threads (domain section 6). Plain text. */
export function attemptWords(attempt: ContactAttempt): string {
  const { reached, resolved, outcome, voicemail, noteOnJob, publicWithEmail } = attempt;
  if (reached) return `${resolved ? 'Resolved' : 'Not resolved'}: ${outcome ?? 'no outcome given'}`;
  const left = [
    voicemail && 'voicemail left',
    noteOnJob && 'note left on the job',
    publicWithEmail && 'Public with Email note sent',
  ].filter((done) => done !== false);
  const words = left.join(', ') || 'nothing left';
  return capital(words);
}

/** The state of an SJ under the contact rule and the next step, for the agent (domain section 6). */
export function standingWords(sj: string, standing: ContactStanding): readonly Said[] {
  const { needs, first, second, opensAt, resolved, uncounted } = standing;
  if (needs === 'first attempt' || !first || !opensAt)
    return resolved
      ? [
          `The SP resolved SJ ${sj} `,
          { at: resolved.at },
          `: ${resolved.outcome ?? 'no outcome given'}. There is nothing to escalate.`,
        ]
      : [`No contact attempt is recorded for SJ ${sj}. Try the SP first.`];
  if (needs === 'wait')
    return [
      'First attempt ',
      { at: first.at },
      ' by ',
      { user: first.by },
      '. You can escalate from ',
      { at: opensAt, exact: true },
      ', after trying again then. Escalating earlier needs a reason.',
      ...(uncounted ? [' The attempt of ', { at: uncounted.at }, ' came too early to count as the second one.'] : []),
    ];
  if (needs === 'second attempt' && uncounted && uncounted.at >= opensAt)
    return ['The attempt of ', { at: uncounted.at }, ` does not count as the second one: ${wanting(uncounted)}`];
  if (needs === 'second attempt')
    return [
      'First attempt ',
      { at: first.at },
      '; 24 hours have passed. Now record the second: a voicemail and the Public with Email note.',
    ];
  return second
    ? ['Both attempts are recorded. You can escalate now.']
    : ['First attempt ', { at: first.at }, ' by ', { user: first.by }, '.'];
}

/** What an attempt lacks to count as the second one, and what to do about it. */
function wanting({ voicemail, publicWithEmail }: ContactAttempt): string {
  if (voicemail)
    return 'the Public with Email note is missing. Send it, and record the attempt again with both ticked.';
  if (publicWithEmail) return 'a second voicemail is missing. Leave it, and record the attempt again with both ticked.';
  return 'a second voicemail and the Public with Email note are missing. Do both, and record the attempt again.';
}

export function standingOffers({ needs, resolved }: ContactStanding): readonly ContactAction[] {
  if (needs === 'wait') return ['remind_me'];
  return needs === 'nothing' && !resolved ? [] : ['record_attempt'];
}
