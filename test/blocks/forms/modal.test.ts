import type { AnyBlock, InputBlock } from '@slack/types';
import fc from 'fast-check';
import { validateView } from '../../../sandbox/block-kit';
import { type FormContext, formModal } from '../../../src/blocks/forms/modal';
import { STARTER_CATALOGUE } from '../../../src/domain/catalogue';
import { offeredOptions } from '../../../src/domain/forms/answer';
import { prune, visibleQuestions, withInitial } from '../../../src/domain/forms/engine';
import type { Answers, Catalogue, Fault, Form, Question } from '../../../src/domain/forms/form';
import { asAsked, hasField, listAsking } from '../../../src/domain/forms/joined';
import { pagesOf } from '../../../src/domain/forms/pages';
import { leadership } from '../../../src/domain/kinds/leadership/form';
import { spFeedback } from '../../../src/domain/kinds/sp-feedback/form';
import { FORM_ANSWER, FORM_LINES, faultLine, switchLineId } from '../../../src/slack/ids/form';
import { readForm } from '../../../src/slack/read-form';
import {
  answersAfter,
  anyChanges,
  everyKind,
  everyKindCatalogue,
  FORMS_WITH_CATALOGUE,
  isInput,
  stateOf,
} from '../../support/forms';

const BARE: FormContext = {
  sp: { status: 'none' },
  preview: null,
  openCases: [],
  highRiskHint: false,
  supplied: {},
  told: null,
};
const metadata = { channel: 'C01', source: null };

const draw = (
  answers: Answers,
  context: Partial<FormContext> = {},
  {
    form = spFeedback,
    catalogue = STARTER_CATALOGUE,
    faults = [],
    page,
    isOpening = false,
  }: { form?: Form; catalogue?: Catalogue; faults?: Fault[]; page?: string; isOpening?: boolean } = {},
) =>
  formModal({
    form,
    answers,
    catalogue,
    context: { ...BARE, ...context },
    faults,
    metadata: { ...metadata, ...(page && { page }) },
    isOpening,
  });

/** Every page of a form, drawn. */
const drawAll = (
  answers: Answers,
  context: Partial<FormContext>,
  options: { form: Form; catalogue: Catalogue; faults?: Fault[] },
) =>
  pagesOf(options.form, withInitial(options.form, answers)).map(({ id }) =>
    draw(answers, context, { ...options, page: id }),
  );

const textOf = (blocks: readonly AnyBlock[], blockId: string) => {
  const block = blocks.find(({ block_id }) => block_id === blockId);
  return block ? JSON.stringify(block) : undefined;
};
const input = (blocks: readonly AnyBlock[], id: string): InputBlock => {
  const block = blocks.filter(isInput).find(({ block_id }) => block_id === id);
  if (!block) throw new Error(`No input ${id}`);
  return block;
};
const inputIds = (blocks: readonly AnyBlock[]) => blocks.filter(isInput).map(({ block_id }) => block_id);

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

  it('shows exactly the visible questions, under ids that depend on nothing else', () => {
    fc.assert(
      fc.property(anyChanges(form, catalogue), anyContext, (changes, context) => {
        const answers = answersAfter(form, changes);
        const blocks = drawAll(answers, context, { form, catalogue }).flatMap((view) => view.blocks);
        const known = withInitial(form, answers);
        const asked = visibleQuestions(form, known).filter((question) => hasField(form, question, known, catalogue));
        expect(inputIds(blocks)).toEqual(asked.map(({ id }) => id));
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

describe('the shell', () => {
  const shell = draw({ sp_account: 'SP-10442' }, { sp: { status: 'looking_up' } });

  it('is a usable form at once, filled in with what the command said', () => {
    expect(inputIds(shell.blocks)).toEqual(['sp_account', 'sj', 'reason']);
    expect(input(shell.blocks, 'sp_account').element).toMatchObject({ initial_value: 'SP-10442' });
    expect(textOf(shell.blocks, FORM_LINES.sp)).toContain('Looking up this SP');
    expect(shell).toMatchObject({ callback_id: 'form:sp_feedback', notify_on_close: true });
  });

  it('keeps every input when the lookup is done', () => {
    const known = draw(
      { sp_account: 'SP-10442' },
      { sp: { status: 'known', name: 'Ace', area: 'West', active: true } },
    );
    expect(known.blocks.filter(isInput)).toEqual(shell.blocks.filter(isInput));
  });

  it('puts the cursor in the first question that needs an answer, and does not move it in a redraw', () => {
    const focused = (answers: Answers, isOpening = true) =>
      draw(answers, {}, { isOpening })
        .blocks.filter(isInput)
        .find(({ element }) => JSON.stringify(element).includes('focus_on_load'))?.block_id;
    expect(focused({})).toBe('sp_account');
    expect(focused({ sp_account: 'SP-10442' })).toBe('sj');
    expect(focused({ sp_account: 'SP-10442', sj: '4471220' })).toBe('reason');
    expect(focused({}, false)).toBeUndefined();
  });
});

describe('inputs', () => {
  const elementOf = (id: string, answers: Answers) => input(draw(answers).blocks, id).element;
  const internal = { reason: 'internal_feedback', internal_type: 'negative', negative_internal: ['high_cost'] };
  const complaint = { reason: 'customer_feedback', customer_type: 'negative' };

  it('are radio buttons up to five options and if one list asks two questions, checkboxes up to ten, selects above', () => {
    expect(elementOf('reason', {})).toMatchObject({ type: 'radio_buttons', options: { length: 7 } });
    expect(elementOf('refused_reason', { reason: 'recall_reassignment', recall_reason: 'sp_refused' }).type).toBe(
      'radio_buttons',
    );
    expect(elementOf('high_cost', internal)).toMatchObject({ type: 'checkboxes', options: { length: 9 } });
    expect(elementOf('negative_customer', complaint)).toMatchObject({
      type: 'multi_static_select',
      options: { length: 13 },
    });
    expect(input(draw({}, {}, { form: everyKind, catalogue: everyKindCatalogue }).blocks, 'color').element.type).toBe(
      'static_select',
    );
  });

  it("become a select with the eleventh option, within Slack's limit", () => {
    const more = ['tenth', 'eleventh'].map((code) => ({ code, label: code }));
    const catalogue = { ...STARTER_CATALOGUE, high_cost: [...STARTER_CATALOGUE.high_cost, ...more] };
    const { blocks } = draw(internal, {}, { catalogue });
    expect(input(blocks, 'high_cost').element).toMatchObject({ type: 'multi_static_select', options: { length: 11 } });
  });

  it('report while the agent types the two numbers, but not long text', () => {
    const { blocks } = draw(complaint);
    for (const id of ['sp_account', 'sj'])
      expect(input(blocks, id)).toMatchObject({
        dispatch_action: true,
        element: { dispatch_action_config: { trigger_actions_on: ['on_character_entered'] } },
      });
    expect(input(blocks, 'customer_details').dispatch_action).toBeUndefined();
  });

  it('take as much long text as fits, and cut the rest', () => {
    const details = input(draw({ ...complaint, customer_details: 'x'.repeat(4000) }).blocks, 'customer_details');
    expect(details.element).toMatchObject({ multiline: true, max_length: 3000, initial_value: `${'x'.repeat(2999)}…` });
  });

  it('never offer a retired option, nor start with one', () => {
    const { blocks } = draw({ color: 'green' }, {}, { form: everyKind, catalogue: everyKindCatalogue });
    expect(JSON.stringify(input(blocks, 'color'))).not.toContain('reen');
    expect(JSON.stringify(input(blocks, 'color'))).not.toContain('initial_option');
  });

  it('are replaced by a line if the business offers nothing to choose', () => {
    const view = draw({ ...complaint }, {}, { catalogue: { ...STARTER_CATALOGUE, negative_customer: [] } });
    expect(validateView(view, 'modal')).toMatchObject({ ok: true });
    expect(inputIds(view.blocks)).not.toContain('negative_customer');
    expect(JSON.stringify(view.blocks)).toContain('Negative Customer Feedback: nothing to choose from');
  });
});

describe('lines', () => {
  it('begin with a sentence to say, then any notice', () => {
    const { blocks } = draw({}, { notice: 'Your draft of 10:15 was restored.' });
    expect(blocks.slice(0, 2).map(({ block_id }) => block_id)).toEqual([FORM_LINES.opening, FORM_LINES.notice]);
    expect(textOf(blocks, FORM_LINES.opening)).toContain(spFeedback.opening);
  });

  it('show the SP right under its number, marked when inactive', () => {
    const { blocks } = draw({}, { sp: { status: 'known', name: '<Ace> & *Sons*', area: 'West', active: false } });
    const place = blocks.findIndex(({ block_id }) => block_id === FORM_LINES.sp);
    expect(blocks[place - 1]?.block_id).toBe('sp_account');
    expect(blocks[place]).toMatchObject({
      elements: [{ type: 'plain_text', text: '<Ace> & *Sons* · Area West · ⚠️ inactive account' }],
    });
  });

  it('warn of a number that is not in the directory without blocking the form', () => {
    expect(textOf(draw({}, { sp: { status: 'unknown' } }).blocks, FORM_LINES.sp)).toContain('Not in the directory');
    expect(textOf(draw({}).blocks, FORM_LINES.sp)).toBeUndefined();
  });

  it('show open cases of the same SJ, five at most', () => {
    const openCase = (n: number) => ({
      ref: `SPF-00009${n}`,
      state: 'open',
      ageText: '2 days',
      ownerId: n ? 'U0DANA' : null,
      sharedCodes: [],
    });
    const { blocks } = draw({}, { openCases: [0, 1, 2, 3, 4, 5, 6].map(openCase) });
    const text = JSON.stringify(blocks);
    expect(text).toContain('*SPF-000090*, open, filed 2 days ago, without an owner');
    expect(text).toContain('*SPF-000091*, open, filed 2 days ago, with <@U0DANA>');
    expect(text).not.toContain('SPF-000095');
    expect(textOf(blocks, FORM_LINES.openCases)).toContain('There are 2 more.');
    expect(text.match(/Add to this one/g)).toHaveLength(5);
  });

  const preview = { channelId: 'C0WEST', ownerId: 'U0DANA', respondBy: new Date('2026-03-01T17:30:00Z'), copies: [] };

  it('say who will get it and when they must respond', () => {
    expect(textOf(draw({}, { preview }).blocks, FORM_LINES.preview)).toContain(
      'To *<#C0WEST>* · <@U0DANA> · by <!date^1772386200^',
    );
  });

  it('say why it goes to the unrouted queue', () => {
    const unrouted = {
      channelId: null,
      ownerId: null,
      respondBy: null,
      fallbackReason: 'SP <1> is not in the directory',
      copies: [],
    };
    expect(textOf(draw({}, { preview: unrouted }).blocks, FORM_LINES.preview)).toContain(
      'To *the unrouted queue* · SP &lt;1&gt; is not in the directory',
    );
  });

  it('say why a severity is unusual, and nothing about a usual one', () => {
    const praise = draw({ reason: 'customer_feedback', customer_type: 'positive' });
    expect(textOf(praise.blocks, FORM_LINES.preview)).toBeUndefined();
    const sensitive = draw(
      { path: 'refuses', transfer: 'voicemail', sensitive_issues: ['slander'] },
      { preview },
      { form: leadership },
    );
    expect(textOf(sensitive.blocks, FORM_LINES.preview)).toContain('Elevated because of sensitive issues: slander.');
  });

  it('point out what looks high-risk', () => {
    expect(textOf(draw({}, { highRiskHint: true }).blocks, switchLineId('high_risk'))).toContain(
      'This looks high-risk',
    );
    expect(textOf(draw({}).blocks, switchLineId('high_risk'))).toBeUndefined();
  });

  it('put a fault under its question, and one of a hidden question under the nearest', () => {
    const faults = [
      { question: 'sj', message: 'Type <it>.' },
      { question: 'internal_details', message: 'Write.' },
    ];
    const { blocks } = draw({}, {}, { faults });
    const place = blocks.findIndex(({ block_id }) => block_id === faultLine('sj'));
    expect(blocks[place - 1]?.block_id).toBe('sj');
    expect(textOf(blocks, faultLine('sj'))).toContain(':warning: Type &lt;it&gt;.');
    expect(textOf(blocks, faultLine('reason'))).toContain('Details of Internal Experience with SP: Write.');
  });
});
