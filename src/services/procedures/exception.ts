import { isExempt } from '../../domain/contact-rule';
import { attemptWords, standingOffers, standingWords } from '../../domain/contact-words';
import { contactRuleAnswer, exception as form } from '../../domain/forms/exception';
import type { Answers } from '../../domain/forms/form';
import { parseSjNumber } from '../../domain/forms/numbers';
import { EXCEPTION_CODES } from '../../domain/kinds';
import { contactStanding } from '../contact-standing';
import { dropReminder, withReminder } from '../remind-me';
import type { Procedure } from './procedure';

/** The exception's procedure (domain section 6): its contact attempts are looked up, shown, and copied into the case. */
export const exception: Procedure = {
  async supply(deps, answers) {
    const sj = sjOf(answers);
    return sj ? { contact_rule: contactRuleAnswer(await contactStanding(deps, sj, codeOf(answers))) } : {};
  },

  async notice(deps, answers, reader) {
    const sj = sjOf(answers);
    if (!sj || isExempt(codeOf(answers))) return null;
    const standing = await contactStanding(deps, sj);
    const about = { sp: String(answers[form.spQuestion] ?? ''), sj };
    return withReminder(deps, reader, {
      say: standingWords(sj, standing),
      offers: standingOffers(standing),
      about,
    });
  },

  async contacts(deps, answers) {
    const sj = sjOf(answers);
    if (!sj) return [];
    const { first, second } = await contactStanding(deps, sj, codeOf(answers));
    return [first, second].flatMap((attempt) =>
      attempt ? [{ at: attempt.at, by: attempt.by, reached: attempt.reached, text: attemptWords(attempt) }] : [],
    );
  },

  /** Whoever has escalated needs no reminder that they can. */
  filed: (deps, { reporter, sj }) => dropReminder(deps, reporter, sj),
};

function sjOf(answers: Answers): string | null {
  const parsed = parseSjNumber(String(answers[form.sjQuestion] ?? ''));
  return parsed.ok ? parsed.value : null;
}

const codeOf = ({ code }: Answers) => EXCEPTION_CODES.find((one) => one === code) ?? null;
