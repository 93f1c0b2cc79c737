import type { AnyBlock, InputBlock, ModalView } from '@slack/types';
import fc from 'fast-check';
import { STARTER_CATALOGUE } from '../../src/domain/catalogue';
import { FORMS } from '../../src/domain/forms';
import { optionsOf } from '../../src/domain/forms/answer';
import { prune } from '../../src/domain/forms/engine';
import type { Answer, Answers, Catalogue, Form, Question } from '../../src/domain/forms/form';

/** A form with every kind of question, including optional ones, and a branch on each side of a list. */
export const everyKind: Form = {
  kind: 'sp_feedback',
  title: 'Every kind',
  opening: 'I am listening.',
  spQuestion: 'account',
  sjQuestion: 'job',
  questions: [
    { id: 'account', kind: 'text', label: 'Account', maxLength: 20, live: true },
    { id: 'job', kind: 'text', label: 'Job', maxLength: 20, optional: true, placeholder: 'As on the work order' },
    { id: 'more', kind: 'yes_no', label: 'More', live: true },
    {
      id: 'story',
      kind: 'long_text',
      label: 'Story',
      maxLength: 50,
      when: ({ more }) => more === 'yes',
      hint: 'In order.',
    },
    { id: 'color', kind: 'one_of', label: 'Color', options: (catalogue) => catalogue.colors ?? [], optional: true },
    {
      id: 'parts',
      kind: 'many_of',
      label: 'Parts',
      options: (catalogue) => catalogue.parts ?? [],
      when: ({ color, more }) => color === 'red' || more === 'no',
    },
    { id: 'at', kind: 'date_time', label: 'At', optional: true },
    { id: 'who', kind: 'person', label: 'Who', when: ({ parts }) => parts?.includes('wheel') ?? false },
    { id: 'evidence', kind: 'files', label: 'Evidence', maxFiles: 2, optional: true },
  ],
  agreements: () => [],
  derive: () => ({ severity: 'normal', severityReason: 'As always.', tone: 'neutral', codes: [], title: 'A case' }),
};
export const everyKindCatalogue: Catalogue = {
  colors: [
    { code: 'red', label: 'Red' },
    { code: 'green', label: 'Green', retired: true },
    { code: 'blue', label: 'Blue' },
    { code: 'white', label: 'White' },
    { code: 'black', label: 'Black' },
    { code: 'pink', label: 'Pink' },
    { code: 'gray', label: 'Gray' },
  ],
  parts: [
    { code: 'wheel', label: 'Wheel' },
    { code: 'door', label: 'Door' },
    { code: 'none', label: 'No part', exclusive: true },
  ],
};

export const FORMS_WITH_CATALOGUE: readonly [string, Form, Catalogue][] = [
  ...Object.values(FORMS).map((form): [string, Form, Catalogue] => [form.title, form, STARTER_CATALOGUE]),
  ['a form of every kind', everyKind, everyKindCatalogue],
];

const anyText = fc.string({ unit: 'grapheme', maxLength: 60 });

/** An answer that a person can really give to one question; lists may be empty. */
function honestAnswer(question: Question, catalogue: Catalogue): fc.Arbitrary<Answer> {
  const codes = optionsOf(question, catalogue)
    .filter(({ retired }) => !retired)
    .map(({ code }) => code);
  switch (question.kind) {
    case 'text':
      return fc.oneof(
        fc.integer({ min: 10_000, max: 99_999_999 }).map(String),
        fc.nat().map((call) => `https://calls.example/${call}`),
        fc.integer({ min: 1, max: 999_999 }).map((number) => `HRR-${String(number).padStart(6, '0')}`),
        anyText,
      );
    case 'long_text':
      return anyText;
    case 'one_of':
    case 'yes_no':
      return fc.constantFrom(...codes);
    case 'many_of':
      return fc.subarray(codes);
    case 'date_time':
      return fc.integer({ min: 1e9, max: 4e9 }).map((seconds) => new Date(seconds * 1000).toISOString());
    case 'person':
      return fc.constantFrom('U0AGENT01', 'W0AGENT02');
    case 'files':
      return fc.subarray(['F01', 'F02', 'F03']);
  }
}

export interface Change {
  readonly question: string;
  readonly answer: Answer;
}

/** One change of an answer: mostly what a person can enter, now and then something that our forms never send. */
export const anyChange = (form: Form, catalogue: Catalogue): fc.Arbitrary<Change> =>
  fc
    .constantFrom(...form.questions)
    .chain((question) =>
      fc
        .oneof(
          { weight: 6, arbitrary: honestAnswer(question, catalogue) },
          { weight: 1, arbitrary: fc.oneof(anyText, fc.array(anyText, { maxLength: 3 })) },
        )
        .map((answer) => ({ question: question.id, answer })),
    );

export const anyChanges = (form: Form, catalogue: Catalogue) => fc.array(anyChange(form, catalogue), { maxLength: 25 });

/** The answers after a series of changes; hidden ones are dropped at each step, as in the live form. */
export function answersAfter(form: Form, changes: readonly Change[]): Answers {
  let answers: Answers = {};
  for (const { question, answer } of changes) answers = prune(form, { ...answers, [question]: answer });
  return answers;
}

/** Answers to all questions, as a person could give them. Lists are not empty. */
export const anyFullAnswers = (form: Form, catalogue: Catalogue): fc.Arbitrary<Answers> =>
  fc.record(
    Object.fromEntries(
      form.questions.map((question) => [
        question.id,
        honestAnswer(question, catalogue).filter((answer) => answer.length > 0 && isReadable(question, answer)),
      ]),
    ),
  );

const isReadable = (question: Question, answer: Answer) =>
  question.kind !== 'text' || !question.parse || question.parse(String(answer)).ok;

export const isInput = (block: AnyBlock): block is InputBlock => block.type === 'input';

type ElementState = Record<string, unknown> & { type: string };

/** `view.state.values` as Slack reports it for an untouched modal: its `initial_…` values. */
export function stateOf(view: ModalView): Record<string, Record<string, ElementState>> {
  const inputs = view.blocks.filter(isInput);
  return Object.fromEntries(
    inputs.map(({ block_id = '', element }) => {
      const { action_id = '' } = element;
      const { type, ...fields }: ElementState = { ...element };
      const held = (name: string, empty: unknown = null) => fields[name] ?? empty;
      const states: Record<string, Record<string, unknown>> = {
        plain_text_input: { value: held('initial_value') },
        radio_buttons: { selected_option: held('initial_option') },
        static_select: { selected_option: held('initial_option') },
        checkboxes: { selected_options: held('initial_options', []) },
        multi_static_select: { selected_options: held('initial_options', []) },
        datetimepicker: { selected_date_time: held('initial_date_time') },
        users_select: { selected_user: held('initial_user') },
        file_input: { files: [] },
      };
      const state = states[type];
      if (!state) throw new Error(`No state known for ${type}`);
      return [block_id, { [action_id]: { type, ...state } }];
    }),
  );
}
