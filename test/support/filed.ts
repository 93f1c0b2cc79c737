import type { Actor, MessageReading, Submission } from '../../sandbox/workspace';

/** How a submission ended; `told`: what its reporter was told where that filed a report. */
export type FormSubmission = Submission & { readonly told?: MessageReading };

const isConfirmation = ({ content }: MessageReading): boolean => /is filed|Already filed as/.test(content);

/** Submits the form on top. Where that files it, the confirmation is waited for, wherever it comes. */
export async function submitForm(actor: Actor): Promise<FormSubmission> {
  const before = new Set([...actor.dm(), ...actor.ephemerals()].map(({ ts }) => ts));
  const submission = await actor.submit();
  if (!submission.closed) return submission;
  const told = await actor.waitForWord((word) => !before.has(word.ts) && isConfirmation(word), 15_000);
  return { ...submission, told };
}

/** The reference in a confirmation; empty where nothing was filed. */
export const refIn = ({ told }: FormSubmission): string => /[A-Z]{3}-\d{6}/.exec(told?.content ?? '')?.[0] ?? '';
