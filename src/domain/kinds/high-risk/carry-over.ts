import { chosen, story, translated } from '../../forms/common';
import type { Answers } from '../../forms/form';

/** Negative feedback with an equivalent in a high-risk report; the rest goes into the details. */
const SAME_SITUATION: Readonly<Record<string, string>> = { threats_harassment_or_unwanted_contact: 'threats' };
const SAME_CONDUCT: Readonly<Record<string, string>> = {
  property_damage: 'property_damage',
  discrimination: 'discrimination',
  threats_harassment_or_unwanted_contact: 'threatening_rude',
};

/** SP feedback as answers of a high-risk report. */
export const fromFeedback = (answers: Answers): Answers => ({
  what_happened: story(answers.customer_details ?? answers.internal_details ?? answers.refused_other),
  situation: translated(chosen(answers, 'negative_customer'), SAME_SITUATION),
  conduct: translated(chosen(answers, 'negative_customer'), SAME_CONDUCT),
  escalated_by: answers.reason === 'internal_feedback' ? 'agent' : '',
});

/** An exception as answers of a high-risk report. */
export const fromException = ({ details, override_reason }: Answers): Answers => ({
  what_happened: story(details, override_reason),
});
