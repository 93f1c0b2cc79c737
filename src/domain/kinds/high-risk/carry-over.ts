import { chosen, story, translated } from '../../forms/common';
import type { Answers } from '../../forms/form';

/** Negative feedback that means the same in a high-risk report; the rest is told in the details. */
const SAME_SITUATION: Readonly<Record<string, string>> = { threats_harassment_or_unwanted_contact: 'threats' };
const SAME_CONDUCT: Readonly<Record<string, string>> = {
  property_damage: 'property_damage',
  discrimination: 'discrimination',
  threats_harassment_or_unwanted_contact: 'threatening_rude',
};

/** What SP feedback means in a high-risk report. */
export const fromFeedback = (answers: Answers): Answers => ({
  what_happened: story(answers.customer_details ?? answers.internal_details ?? answers.refused_other),
  situation: translated(chosen(answers, 'negative_customer'), SAME_SITUATION),
  conduct: translated(chosen(answers, 'negative_customer'), SAME_CONDUCT),
  escalated_by: answers.reason === 'internal_feedback' ? 'agent' : '',
});

/** What an exception means in a high-risk report. */
export const fromException = ({ details, override_reason }: Answers): Answers => ({
  what_happened: story(details, override_reason),
});
