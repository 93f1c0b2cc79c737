import type { Actor, MessageReading, Submission } from '../../sandbox/workspace';

/** The result of a submission; `told`: the confirmation, if a report was filed. */
export type FormSubmission = Submission & { readonly told?: MessageReading };

const isConfirmation = ({ content }: MessageReading): boolean => /is filed|Already filed as/.test(content);

/** Submits the form on top. If that files a report, waits for the confirmation, wherever it appears. */
export async function submitForm(actor: Actor): Promise<FormSubmission> {
  const before = new Set([...actor.dm(), ...actor.ephemerals()].map(({ ts }) => ts));
  const submission = await actor.submit();
  if (!submission.closed) return submission;
  const told = await actor.waitForWord((word) => !before.has(word.ts) && isConfirmation(word), 15_000);
  return { ...submission, told };
}

/** The reference in a confirmation; empty if nothing was filed. */
export const refIn = ({ told }: FormSubmission): string => /[A-Z]{3}-\d{6}/.exec(told?.content ?? '')?.[0] ?? '';
