import { validateView } from '../../../sandbox/block-kit';
import { STARTER_CATALOGUE } from '../../../src/domain/catalogue';
import type { Answers } from '../../../src/domain/forms/form';
import { leadership } from '../../../src/domain/kinds/leadership/form';
import { spFeedback } from '../../../src/domain/kinds/sp-feedback/form';
import { FORM_LINES, faultLine, switchLineId } from '../../../src/slack/ids/form';
import { draw, input, inputIds, textOf } from '../../support/drawn-forms';
import { everyKind, everyKindCatalogue, isInput } from '../../support/forms';

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
  const praise = { reason: 'customer_feedback', customer_type: 'positive' };
  const complaint = { reason: 'customer_feedback', customer_type: 'negative' };

  it('are radio buttons and checkboxes up to five options, up to ten if all that apply are asked, and lists above', () => {
    expect(elementOf('reason', {})).toMatchObject({ type: 'static_select', options: { length: 7 } });
    expect(elementOf('positive_customer', praise)).toMatchObject({
      type: 'multi_static_select',
      options: { length: 7 },
    });
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
