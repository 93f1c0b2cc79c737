import fc from 'fast-check';
import { validateView } from '../../../sandbox/block-kit';
import type { FormContext } from '../../../src/blocks/forms/modal';
import { offeredOptions } from '../../../src/domain/forms/answer';
import { prune, visibleQuestions, withInitial } from '../../../src/domain/forms/engine';
import type { Answers, Catalogue, Form, Question } from '../../../src/domain/forms/form';
import { asAsked, hasField, listAsking } from '../../../src/domain/forms/joined';
import { FORM_ANSWER } from '../../../src/slack/ids/form';
import { readForm } from '../../../src/slack/read-form';
import { drawAll, inputIds } from '../../support/drawn-forms';
import { answersAfter, anyChanges, FORMS_WITH_CATALOGUE, isInput, stateOf } from '../../support/forms';

const anyWords = fc.string({ unit: 'grapheme', maxLength: 400 });
const anyReference = fc.nat({ max: 999_999 }).map((n) => `SPF-${String(n).padStart(6, '0')}`);
const anyContext: fc.Arbitrary<FormContext> = fc.record(
  {
    notice: anyWords,
    sp: fc.record(
      {
        status: fc.constantFrom('none' as const, 'looking_up' as const, 'known' as const, 'unknown' as const),
        name: anyWords,
        area: anyWords,
        active: fc.boolean(),
      },
      { requiredKeys: ['status'] },
    ),
    preview: fc.option(
      fc.record(
        {
          channelId: fc.constantFrom(null, 'C0WEST'),
          ownerId: fc.constantFrom(null, 'U0DANA'),
          respondBy: fc.option(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })),
          fallbackReason: anyWords,
          copies: fc.constant([]),
        },
        { requiredKeys: ['channelId', 'ownerId', 'respondBy', 'copies'] },
      ),
    ),
    openCases: fc.array(
      fc.record({
        ref: anyReference,
        state: anyWords,
        ageText: anyWords,
        ownerId: fc.constantFrom(null, 'U0DANA'),
        sharedCodes: fc.constant([]),
      }),
      { maxLength: 12 },
    ),
    highRiskHint: fc.boolean(),
    supplied: fc.constant({}),
    told: fc.constant(null),
  },
  { requiredKeys: ['sp', 'preview', 'openCases', 'highRiskHint', 'supplied', 'told'] },
);

describe.each(FORMS_WITH_CATALOGUE)('for any answers and context, %s', (_name, form, catalogue) => {
  const questionIds = form.questions.map(({ id }) => id);
  const anyFaults = fc.array(fc.record({ question: fc.constantFrom(...questionIds), message: anyWords }));

  it('is a valid view', () => {
    fc.assert(
      fc.property(anyChanges(form, catalogue), anyContext, anyFaults, (changes, context, faults) => {
        for (const view of drawAll(answersAfter(form, changes), context, { form, catalogue, faults })) {
          expect(validateView(view, 'modal')).toMatchObject({ ok: true });
          const blockIds = view.blocks.map(({ block_id }) => block_id);
          expect(blockIds.every(Boolean)).toBe(true);
          expect(new Set(blockIds).size).toBe(blockIds.length);
          expect(blockIds.length).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  it('shows exactly the visible questions, under ids that depend on nothing else; those that few need once asked for', () => {
    fc.assert(
      fc.property(anyChanges(form, catalogue), anyContext, (changes, context) => {
        const answers = answersAfter(form, changes);
        const drawn = (more: boolean) =>
          drawAll(answers, context, { form, catalogue, more }).flatMap((view) => view.blocks);
        const blocks = drawn(true);
        const known = withInitial(form, answers);
        const asked = visibleQuestions(form, known).filter((question) => hasField(form, question, known, catalogue));
        expect(inputIds(blocks)).toEqual(asked.map(({ id }) => id));
        const first = inputIds(drawn(false));
        for (const id of asked.map((one) => one.id).filter((one) => !first.includes(one)))
          expect([known[id], form.questions.find((one) => one.id === id)?.extra]).toEqual([
            undefined,
            expect.anything(),
          ]);
        expect(blocks.filter(isInput).every(({ element }) => element.action_id === FORM_ANSWER)).toBe(true);
      }),
    );
  });

  it('reads back the answers it was drawn with', () => {
    fc.assert(
      fc.property(anyChanges(form, catalogue), (changes) => {
        const { evidence: _files, ...answers } = prune(form, answersAfter(form, changes), catalogue);
        const drawable = storable(form, answers);
        const read = drawAll(drawable, {}, { form, catalogue }).map((view) => readForm(form, stateOf(view)));
        expect(Object.assign({}, ...read)).toEqual(
          sortedAsOffered(form, askedOnly(form, withInitial(form, drawable), catalogue), catalogue),
        );
      }),
    );
  });
});

/** What a field can report: nothing that is supplied or follows, and no half of an answer to two questions. */
function askedOnly(form: Form, answers: Answers, catalogue: Catalogue): Answers {
  const isSaid = (question: Question) =>
    !question.supplied && hasField(form, question, answers, catalogue) && isOffered(form, question, answers, catalogue);
  const said = ({ id }: Question) => {
    const list = listAsking(form, id);
    return form.questions.some((question) => question.id === (list?.id ?? id) && isSaid(question));
  };
  return Object.fromEntries(
    form.questions.flatMap((question) => {
      const answer = answers[question.id];
      return answer !== undefined && said(question) ? [[question.id, answer]] : [];
    }),
  );
}

function isOffered(form: Form, question: Question, answers: Answers, catalogue: Catalogue): boolean {
  if (question.kind !== 'one_of' || !question.joins) return true;
  const asked = asAsked(form, question, answers, catalogue);
  return offeredOptions(asked.question, catalogue).some(({ code }) => code === asked.answer);
}

/** Answers within each text's limit, and dates that Slack's picker can start with. */
function storable(form: Form, answers: Answers): Answers {
  const kept = Object.entries(answers).filter(([id, answer]) => {
    const question = form.questions.find((candidate) => candidate.id === id);
    if (question?.kind === 'text' || question?.kind === 'long_text') return answer.length <= question.maxLength;
    return question?.kind !== 'date_time' || /^20\d\d-.*\.000Z$/.test(String(answer));
  });
  return prune(form, Object.fromEntries(kept));
}

/** Slack reports the chosen options of a list in the order of the list. */
const sortedAsOffered = (form: Form, answers: Answers, catalogue: Catalogue): Answers =>
  Object.fromEntries(
    Object.entries(answers).map(([id, answer]) => {
      const question = form.questions.find((candidate) => candidate.id === id);
      if (question?.kind !== 'many_of' || typeof answer === 'string') return [id, answer];
      return [id, question.options(catalogue).flatMap(({ code }) => (answer.includes(code) ? [code] : []))];
    }),
  );
