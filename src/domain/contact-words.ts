import type { ContactAttempt, ContactStanding } from './contact-rule';
import type { ContactAction, Said } from './forms/notice';

/** What an attempt came to, in words for cards and threads (domain section 6). Plain text. */
export function attemptWords(attempt: ContactAttempt): string {
  const { reached, resolved, outcome, voicemail, noteOnJob, publicWithEmail } = attempt;
  if (reached) return `${resolved ? 'Resolved' : 'Not resolved'}: ${outcome ?? 'no outcome given'}`;
  const left = [
    voicemail && 'voicemail left',
    noteOnJob && 'note left on the job',
    publicWithEmail && 'Public with Email note sent',
  ].filter((done) => done !== false);
  const words = left.join(', ') || 'nothing left';
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Where an SJ stands under the contact rule and what comes next, said to the agent (domain section 6). */
export function standingWords(sj: string, standing: ContactStanding): readonly Said[] {
  const { needs, first, second, opensAt, resolved } = standing;
  if (needs === 'first attempt' || !first || !opensAt)
    return resolved
      ? [
          `The SP resolved SJ ${sj} `,
          { at: resolved.at },
          `: ${resolved.outcome ?? 'no outcome given'}. There is nothing to escalate.`,
        ]
      : [`No contact attempt is recorded for SJ ${sj}. Try the SP first, and record it.`];
  if (needs === 'wait')
    return [
      'First attempt ',
      { at: first.at },
      ' by ',
      { user: first.by },
      '. You can escalate from ',
      { at: opensAt, exact: true },
      ', once a second attempt is recorded. Escalating before then needs a reason.',
    ];
  if (needs === 'second attempt')
    return [
      '24 hours have passed since the first attempt (',
      { at: first.at },
      '). Record the second one: a second voicemail, and the Public with Email note. Then you can escalate.',
    ];
  return second
    ? ['Both attempts are recorded: ', { at: first.at }, ' and ', { at: second.at }, '. You can escalate now.']
    : ['First attempt ', { at: first.at }, ' by ', { user: first.by }, '.'];
}

/** What to offer in that situation. */
export function standingOffers({ needs }: ContactStanding): readonly ContactAction[] {
  if (needs === 'wait') return ['remind_me'];
  return needs === 'nothing' ? [] : ['record_attempt'];
}
