import type { CaseKind } from '../kinds';
import { chosen, STORY_MAX } from './common';
import { looksHighRisk, newAnswersFrom, prune } from './engine';
import type { Answer, Answers, Catalogue, Form } from './form';

/** What one form's answers mean in another: `give` names the new answers, or none where nothing is meant. */
interface Crossing {
  readonly from: CaseKind;
  readonly to: CaseKind;
  readonly give: (answers: Answers) => Answers;
}

/** Negative feedback that means the same in a high-risk report; the rest is told in the details. */
const SAME_SITUATION: Readonly<Record<string, string>> = { threats_harassment_or_unwanted_contact: 'threats' };
const SAME_CONDUCT: Readonly<Record<string, string>> = {
  property_damage: 'property_damage',
  discrimination: 'discrimination',
  threats_harassment_or_unwanted_contact: 'threatening_rude',
};
/** What befell an SP, in the words of a provider report. */
const SAME_TREATMENT: Readonly<Record<string, string>> = {
  threats: 'threatened',
  threatening_rude: 'threatened',
  sexual_misconduct: 'harassed',
  post_service_contact: 'harassed',
};

const translated = (codes: readonly string[], meaning: Readonly<Record<string, string>>): string[] => [
  ...new Set(codes.flatMap((code) => meaning[code] ?? [])),
];

const CROSSINGS: readonly Crossing[] = [
  {
    from: 'sp_feedback',
    to: 'high_risk',
    give: (answers) => ({
      what_happened: story(answers.customer_details ?? answers.internal_details ?? answers.refused_other),
      situation: translated(chosen(answers, 'negative_customer'), SAME_SITUATION),
      conduct: translated(chosen(answers, 'negative_customer'), SAME_CONDUCT),
      escalated_by: answers.reason === 'internal_feedback' ? 'agent' : '',
    }),
  },
  {
    from: 'exception',
    to: 'high_risk',
    give: ({ details, override_reason }) => ({ what_happened: story(details, override_reason) }),
  },
  {
    from: 'high_risk',
    to: 'provider_report',
    give: (answers) => ({
      treatment: translated([...chosen(answers, 'situation'), ...chosen(answers, 'conduct')], SAME_TREATMENT),
      safe_now: answers.danger_now === 'yes' ? 'no' : '',
    }),
  },
];

/**
 * The answers with which `to` starts when an agent switches to it from `from`: everything that fits, under the same
 * question or translated to one of the same meaning. What does not fit stays behind with the first form.
 */
export function carryOver(from: Form, to: Form, answers: Answers): Answers {
  const given = prune(from, answers);
  const crossing = CROSSINGS.find((candidate) => candidate.from === from.kind && candidate.to === to.kind);
  return newAnswersFrom(to, { ...given, ...crossing?.give(given) }, {});
}

/**
 * The form in which this report had better go on, or null (domain sections 3, 4 and 6): high-risk once an option marked ⚠
 * is chosen, and at any time from an exception; a provider report when the SP is the one at risk.
 */
export function betterForm(form: Form, answers: Answers, catalogue: Catalogue): CaseKind | null {
  if (form.kind === 'exception') return 'high_risk';
  if (form.kind === 'high_risk') return chosen(answers, 'at_risk').includes('sp') ? 'provider_report' : null;
  return looksHighRisk(form, answers, catalogue) ? 'high_risk' : null;
}

/** A message's text as the answer of every question that asks for a story: whichever is asked first shows it. */
export const toldBy = (form: Form, text: string): Answers =>
  newAnswersFrom(
    form,
    Object.fromEntries(form.questions.filter(({ kind }) => kind === 'long_text').map(({ id }) => [id, text])),
  );

/** What was told first, then the rest on paragraphs of its own where there is room for it. */
function story(first: Answer | undefined, rest?: Answer): string {
  const parts = [first, rest].flatMap((part) => (typeof part === 'string' ? [part] : []));
  const whole = parts.join('\n\n');
  return whole.length <= STORY_MAX ? whole : (parts[0] ?? '');
}
