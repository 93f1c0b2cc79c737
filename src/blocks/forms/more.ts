import type { ActionsBlock } from '@slack/types';
import { isRequired } from '../../domain/forms/answer';
import type { Answers, Form, Question } from '../../domain/forms/form';
import { FORM_LINES, FORM_MORE, type FormMetadata } from '../../slack/ids/form';
import { button } from '../lines';

/** The fields in sight: without those that few reports need, unless they were asked for, are answered or are wanted. */
export function inSight(
  fields: readonly Question[],
  answers: Answers,
  { more, files }: FormMetadata,
  isWanted: (question: Question) => boolean,
): readonly Question[] {
  // Slack empties a file field that a draft is restored into: its files are to be added again.
  const hadFiles = ({ kind }: Question) => kind === 'files' && Boolean(files?.length);
  return fields.filter((one) => more || !isExtra(one, answers) || isWanted(one) || hadFiles(one));
}

/** Whether few reports need this question, and this one not yet. */
const isExtra = (question: Question, answers: Answers): boolean =>
  (question.extra === true || question.extra?.(answers) === true) &&
  answers[question.id] === undefined &&
  !isRequired(question, answers);

/** Shows the fields that are not in sight. */
export const moreButton = ({ more }: Form): ActionsBlock[] =>
  more ? [{ type: 'actions', block_id: FORM_LINES.more, elements: [button(FORM_MORE, more)] }] : [];
