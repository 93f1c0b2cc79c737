import { isExempt } from '../../domain/contact-rule';
import { attemptWords, standingOffers, standingWords } from '../../domain/contact-words';
import type { Answers, Form } from '../../domain/forms/form';
import type { ContactRule } from '../../domain/kinds/kind';
import { contactStanding } from '../contact-standing';
import type { ServiceDeps } from '../deps';
import { numbersFor } from '../numbers';
import { dropReminder, withReminder } from '../remind-me';
import type { Procedure } from './procedure';

/** A kind that needs contact attempts first (domain section 6): they are looked up, shown, and copied into the case. */
export const contactFirst = (form: Form, rule: ContactRule): Procedure => ({
  async supply(deps, answers) {
    const sj = await sjOf(deps, form, answers);
    return sj ? rule.supply(await contactStanding(deps, sj, rule.code(answers))) : {};
  },

  async notice(deps, answers, reader) {
    const sj = await sjOf(deps, form, answers);
    if (!sj || isExempt(rule.code(answers))) return null;
    const standing = await contactStanding(deps, sj);
    const about = { sp: String(answers[form.spQuestion] ?? ''), sj };
    return withReminder(deps, reader, standing, {
      say: standingWords(sj, standing),
      offers: standingOffers(standing),
      about,
    });
  },

  async contacts(deps, answers) {
    const sj = await sjOf(deps, form, answers);
    if (!sj) return [];
    const { first, second } = await contactStanding(deps, sj, rule.code(answers));
    return [first, second].flatMap((attempt) =>
      attempt ? [{ at: attempt.at, by: attempt.by, reached: attempt.reached, text: attemptWords(attempt) }] : [],
    );
  },

  /** Someone who has escalated needs no reminder that they can. */
  filed: (deps, { reporter, sj }) => dropReminder(deps, reporter, sj),
});

async function sjOf(deps: ServiceDeps, form: Form, answers: Answers): Promise<string | null> {
  const parsed = (await numbersFor(deps)).parseSjNumber(String(answers[form.sjQuestion] ?? ''));
  return parsed.ok ? parsed.value : null;
}
