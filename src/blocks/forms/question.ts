import type { ActionsBlock, Button, ContextBlock, InputBlock, PlainTextElement, PlainTextOption } from '@slack/types';
import type { Again } from '../../domain/forms/again';
import { offeredOptions } from '../../domain/forms/answer';
import type { Answer, Catalogue, Option, Question } from '../../domain/forms/form';
import {
  type AgainFrom,
  emptyChoiceLine,
  FORM_AGAIN,
  FORM_ANSWER,
  FORM_LINES,
  formPickOptionId,
  optionsLine,
  pickValue,
} from '../../slack/ids/form';
import { plainText, truncate } from '../text';

/** More options than this are in a list: once it has an answer, no one has to read the others. */
const MOST_IN_SIGHT = 5;
/** Slack's own limit of checkboxes. */
const MAX_CHECKBOXES = 10;

export interface QuestionInput {
  readonly question: Question;
  /** What is already known; Slack uses it only for a newly shown input. */
  readonly answer: Answer | undefined;
  readonly catalogue: Catalogue;
  readonly focus: boolean;
  readonly blockId: string;
  /** Whether it must be answered, given the other answers. */
  readonly required: boolean;
  /** Whether it is still to be answered: it or, of two alternatives, either. */
  readonly open: boolean;
}

/** One question as an input block. A choice without options becomes a line that says so. */
export function questionBlock(input: QuestionInput): InputBlock | ContextBlock {
  const { question, catalogue, blockId, required, open } = input;
  const isChoice = question.kind === 'one_of' || question.kind === 'many_of';
  if (isChoice && offeredOptions(question, catalogue).length === 0) return emptyChoice(question);
  const hint = question.unless === undefined || open ? question.hint : undefined;
  return {
    type: 'input',
    block_id: blockId,
    label: plainText(question.ask ?? question.label, 2000),
    ...(hint && { hint: plainText(hint, 2000) }),
    ...(!required && { optional: true }),
    ...(question.live && { dispatch_action: true }),
    element: element(input),
  };
}

/** Opening a list costs an extra click, so up to this many of its options are also buttons. */
const MOST_PRESSED = 15;

/** The options of an unanswered list as buttons; the others are chosen in its field. */
export function optionButtons({ question, catalogue, open }: QuestionInput): ActionsBlock[] {
  const options = offeredOptions(question, catalogue);
  if (!open || !isList(question, options) || options.length > MOST_PRESSED) return [];
  const elements = options.map(
    ({ code, label }, place): Button => ({
      type: 'button',
      action_id: formPickOptionId(place),
      text: plainText(label, 75),
      value: pickValue(question.id, code),
    }),
  );
  return [{ type: 'actions', block_id: optionsLine(question.id), elements }];
}

/** Chooses as in the person's last report, or a common beginning, in one press. */
export function againButton(from: AgainFrom, { labels }: Again): ActionsBlock {
  const chosen = labels.join(' · ');
  const text = plainText(from === 'last' ? `As last time: ${chosen}` : `Often: ${chosen}`, 75);
  const button: Button = { type: 'button', action_id: FORM_AGAIN, text, value: from };
  return { type: 'actions', block_id: FORM_LINES.again, elements: [button] };
}

/** Whether a choice is a list rather than radio buttons or checkboxes. What is preset is rarely changed. */
function isList(question: Question, options: readonly unknown[]): boolean {
  if (question.kind === 'one_of') return options.length > MOST_IN_SIGHT || question.initial !== undefined;
  return question.kind === 'many_of' && options.length > (question.checklist ? MAX_CHECKBOXES : MOST_IN_SIGHT);
}

const emptyChoice = (question: Question): ContextBlock => ({
  type: 'context',
  block_id: emptyChoiceLine(question.id),
  elements: [plainText(`${question.label}: nothing to choose from. Ask an admin to fill this list.`)],
});

function element({ question, answer, catalogue, focus }: QuestionInput): InputBlock['element'] {
  const text = typeof answer === 'string' ? answer : undefined;
  const common = { action_id: FORM_ANSWER, ...(focus && { focus_on_load: true }) };
  const withPlaceholder = {
    ...common,
    ...(question.placeholder && { placeholder: placeholder(question.placeholder) }),
  };

  switch (question.kind) {
    case 'text':
    case 'long_text':
      return {
        type: 'plain_text_input',
        ...withPlaceholder,
        multiline: question.kind === 'long_text',
        max_length: question.maxLength,
        ...(text && { initial_value: truncate(text, question.maxLength) }),
        // On Enter alone would miss an agent who tabs on: the SP's name has to show as soon as its number is complete.
        ...(question.live && { dispatch_action_config: { trigger_actions_on: ['on_character_entered'] } }),
      };
    case 'one_of':
    case 'yes_no': {
      const options = offeredOptions(question, catalogue).map(choice);
      const initial = options.find(({ value }) => value === text);
      const chosen = initial && { initial_option: initial };
      return isList(question, options)
        ? { type: 'static_select', ...withPlaceholder, options, ...chosen }
        : { type: 'radio_buttons', ...common, options, ...chosen };
    }
    case 'many_of': {
      const options = offeredOptions(question, catalogue).map(choice);
      const codes = [answer ?? []].flat();
      const initial = options.filter(({ value }) => value !== undefined && codes.includes(value));
      const chosen = initial.length > 0 && { initial_options: initial };
      return isList(question, options)
        ? { type: 'multi_static_select', ...withPlaceholder, options, ...chosen }
        : { type: 'checkboxes', ...common, options, ...chosen };
    }
    case 'date_time': {
      const seconds = Math.floor(Date.parse(text ?? '') / 1000);
      const isInitial = seconds >= 1e9 && seconds < 1e10; // Slack takes exactly ten digits
      return { type: 'datetimepicker', ...common, ...(isInitial && { initial_date_time: seconds }) };
    }
    case 'person':
      return { type: 'users_select', ...withPlaceholder, ...(text && { initial_user: text }) };
    case 'files':
      return { type: 'file_input', action_id: FORM_ANSWER, max_files: question.maxFiles };
  }
}

const choice = ({ code, label, description }: Option): PlainTextOption => ({
  text: plainText(label, 75),
  value: code,
  ...(description && { description: plainText(description, 75) }),
});
const placeholder = (text: string): PlainTextElement => plainText(text, 150);
