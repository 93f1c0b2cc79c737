import fc from 'fast-check';
import { STARTER_CATALOGUE } from '../../src/domain/catalogue';
import { check } from '../../src/domain/forms/engine';
import type { Fault } from '../../src/domain/forms/form';
import { spFeedback } from '../../src/domain/kinds/sp-feedback/form';
import { FORM_ANSWER } from '../../src/slack/ids/form';
import { faultsToErrors, readForm, shownInputs, UnreadableFormError } from '../../src/slack/read-form';
import { everyKind } from '../support/forms';

const held = (state: unknown) => ({ [FORM_ANSWER]: state });
const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value });

describe('reading a form', () => {
  it('gives plain answers from every kind of input', () => {
    expect(
      readForm(everyKind, {
        account: held({ type: 'plain_text_input', value: ' A1 ' }),
        more: held({ type: 'radio_buttons', selected_option: option('no') }),
        color: held({ type: 'static_select', selected_option: option('red') }),
        parts: held({ type: 'checkboxes', selected_options: [option('wheel'), option('door')] }),
        at: held({ type: 'datetimepicker', selected_date_time: 1772386200 }),
        who: held({ type: 'users_select', selected_user: 'U0AGENT01' }),
        evidence: held({
          type: 'file_input',
          files: [
            { id: 'F01', name: 'photo.jpg' },
            { id: 'F02', name: null },
          ],
        }),
      }),
    ).toEqual({
      account: ' A1 ',
      more: 'no',
      color: 'red',
      parts: ['wheel', 'door'],
      at: '2026-03-01T17:30:00.000Z',
      who: 'U0AGENT01',
      evidence: ['F01', 'F02'],
    });
  });

  it('leaves out empty inputs and blocks that are not questions of the form', () => {
    expect(
      readForm(everyKind, {
        account: held({ type: 'plain_text_input', value: null }),
        job: held({ type: 'plain_text_input', value: '' }),
        more: held({ type: 'radio_buttons', selected_option: null }),
        parts: held({ type: 'multi_static_select', selected_options: [] }),
        at: held({ type: 'datetimepicker', selected_date_time: null }),
        evidence: held({ type: 'file_input' }),
        other_block: { button: { type: 'button' } },
      }),
    ).toEqual({});
    expect(readForm(everyKind, {})).toEqual({});
  });

  it.each([
    ['no state', undefined],
    ['a list', []],
    ['blocks that are no objects', { account: 'text' }],
    ['an input without its action', { account: { other: { type: 'plain_text_input', value: 'x' } } }],
    ['an element of another kind', { account: held({ type: 'checkboxes', selected_options: [] }) }],
    ['an element that is unknown', { account: held({ type: 'slider', value: 'x' }) }],
    ['a number for text', { account: held({ type: 'plain_text_input', value: 7 }) }],
    ['an option without a value', { more: held({ type: 'radio_buttons', selected_option: {} }) }],
    ['a date beyond time', { at: held({ type: 'datetimepicker', selected_date_time: 1e15 }) }],
    ['options that are no list', { parts: held({ type: 'checkboxes', selected_options: { length: 1 } }) }],
  ])('refuses %s with a sentence for the agent', (_name, values) => {
    expect(() => readForm(everyKind, values)).toThrow(UnreadableFormError);
    expect(() => readForm(everyKind, values)).toThrow('nothing was filed');
  });

  it('either reads or refuses, whatever arrives', () => {
    const anyState = fc.oneof(
      fc.anything(),
      fc.record({
        type: fc.constantFrom('plain_text_input', 'radio_buttons', 'checkboxes', 'datetimepicker', 'file_input'),
        value: fc.anything(),
        selected_option: fc.anything(),
        selected_options: fc.anything(),
        selected_date_time: fc.anything(),
        files: fc.anything(),
      }),
    );
    const ids = [...everyKind.questions.map(({ id }) => id), '__proto__', 'constructor', 'x'];
    const anyValues = fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom(...ids), anyState.map(held)));
    fc.assert(
      fc.property(anyValues, (values) => {
        try {
          const answers = readForm(everyKind, values);
          expect(Object.values(answers).every((answer) => answer.length > 0)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableFormError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('inputs on screen', () => {
  it('are those of the view the agent submitted', () => {
    const blocks = [
      { type: 'context', block_id: 'form:opening' },
      { type: 'input', block_id: 'sj' },
      { type: 'divider' },
    ];
    expect(shownInputs({ blocks })).toEqual(['sj']);
    expect(() => shownInputs({})).toThrow(UnreadableFormError);
  });
});

describe('faults as Slack shows them', () => {
  const SHOWN = ['sp_account', 'sj', 'reason'];
  const errors = (faults: Fault[], shown: readonly string[] = SHOWN) => faultsToErrors(spFeedback, shown, faults);

  it('are at their question', () => {
    expect(errors([{ question: 'sj', message: 'Type it.' }])).toEqual({ sj: 'Type it.' });
  });

  it('go to the nearest input if their question is not on screen yet, and name it', () => {
    const checked = check(
      spFeedback,
      { sp_account: 'SP-1', sj: '12345', reason: 'customer_feedback' },
      STARTER_CATALOGUE,
    );
    expect(checked.ok ? [] : errors([...checked.faults])).toEqual({ reason: 'Customer Feedback Type: Choose one.' });
    expect(errors([{ question: 'sj', message: 'Type it.' }], ['sp_account', 'reason'])).toEqual({
      sp_account: 'SJ Number: Type it.',
    });
  });

  it('are never dropped and only name inputs on screen', () => {
    const ids = spFeedback.questions.map(({ id }) => id);
    const anyFault = fc.record({ question: fc.constantFrom(...ids, 'gone'), message: fc.uuid() });
    fc.assert(
      fc.property(fc.subarray(ids, { minLength: 1 }), fc.array(anyFault), (shown, faults) => {
        const errorTexts = errors(faults, shown);
        expect(shown).toEqual(expect.arrayContaining(Object.keys(errorTexts)));
        for (const { message } of faults) expect(Object.values(errorTexts).join(' ')).toContain(message);
      }),
    );
  });
});
