import type { InputBlock } from '@slack/types';
import { formModal } from '../../src/blocks/forms/modal';
import { STARTER_CATALOGUE } from '../../src/domain/catalogue';
import { check, withInitial } from '../../src/domain/forms/engine';
import type { Answer, Answers, Form } from '../../src/domain/forms/form';
import { pagesOf } from '../../src/domain/forms/pages';
import { isInput } from './forms';

/**
 * How many times an agent touches the form to file these answers: a click, a choice or a field each, and a button for
 * every page. `given` is what the form opens with (typed in the command). Refuses answers that cannot be filed.
 */
export function interactionsFor(form: Form, answers: Answers, given: Answers = {}): number {
  const all = { ...given, ...answers };
  const checked = check(form, withInitial(form, all), STARTER_CATALOGUE);
  if (!checked.ok) throw new Error(`Not a legal report: ${JSON.stringify(checked.faults)}`);
  const preset = withInitial(form, { ...all, ...dropped(answers), ...given });
  const pages = pagesOf(form, checked.answers).map(({ id }) =>
    formModal({
      form,
      answers: checked.answers,
      catalogue: STARTER_CATALOGUE,
      context: { sp: { status: 'none' }, preview: null, openCases: [], highRiskHint: false, supplied: {}, told: null },
      metadata: { channel: null, source: null, page: id },
    }),
  );
  const touches = pages
    .flatMap(({ blocks }) => blocks.filter(isInput))
    .map((block) => {
      const answer = all[block.block_id ?? ''];
      const isPreset = JSON.stringify(answer) === JSON.stringify(preset[block.block_id ?? '']);
      return answer === undefined || isPreset ? 0 : touchesOf(block, answer);
    });
  return touches.reduce((sum, n) => sum + n, 0) + pages.length;
}

/** The agent's own answers, taken away: what is left is what the form shows by itself. */
const dropped = (answers: Answers): Answers => Object.fromEntries(Object.keys(answers).map((id) => [id, '']));

function touchesOf({ element }: InputBlock, answer: Answer): number {
  const chosen = [answer].flat().length;
  switch (element.type) {
    case 'checkboxes':
    case 'file_input':
      return chosen;
    case 'multi_static_select':
      return 1 + chosen; // opened, then each choice
    case 'static_select':
    case 'users_select':
    case 'datetimepicker': // a date and a time
      return 2;
    default:
      return 1;
  }
}
