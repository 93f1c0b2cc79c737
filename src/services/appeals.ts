import type { CaseFacts } from '../domain/case';
import { answerHolding } from '../domain/forms/engine';
import type { Answers, Fault, Form } from '../domain/forms/form';
import type { ServiceDeps } from './deps';

/**
 * The decision that a report appeals, with the people who made it; null if it is not an appeal. A fault of its question
 * if there is no such decision about this SP; nothing else about that case is revealed (domain section 12).
 */
export async function appealOf(
  { cases }: Pick<ServiceDeps, 'cases'>,
  form: Form,
  answers: Answers,
): Promise<{ readonly appeal: CaseFacts['appeal'] | null } | { readonly fault: Fault }> {
  const ref = answerHolding(form, answers, 'appeal_of');
  if (!ref) return { appeal: null };
  const decided = await cases.byRef(ref);
  const { resolution } = decided ?? {};
  if (!resolution || decided?.sp.account !== answers[form.spQuestion]) {
    const question = form.questions.find(({ holds }) => holds === 'appeal_of')?.id ?? '';
    const message = `There is no decision ${ref} about this SP. Check the reference, or leave it empty for any other report.`;
    return { fault: { question, message } };
  }
  const { by, askedBy } = resolution;
  return { appeal: { ref, decidedBy: [...new Set([by, ...(askedBy ? [askedBy] : [])])] } };
}
