import type { Answers } from '../../src/domain/forms/form';
import { spFeedback } from '../../src/domain/kinds/sp-feedback/form';
import { procedureOf } from './procedure';

export const NUMBERS: Answers = { sp_account: 'SP-10442', sj: '4471220' };
/** The procedure of SP feedback about a job with both numbers. */
export const procedure = procedureOf(spFeedback, NUMBERS);

/** A complete report with nothing to follow up. */
export const NEGATIVE_INTERNAL = {
  reason: 'internal_feedback',
  internal_type: 'negative',
  negative_internal: ['needs_coaching'],
  high_cost: ['none'],
  workmanship: ['none'],
  process: ['none'],
  internal_details: 'Asked three times for the invoice.',
};
