import type { AnyBlock, InputBlock } from '@slack/types';
import { validateView } from '../../../sandbox/block-kit';
import { formModal } from '../../../src/blocks/forms/modal';
import { STARTER_CATALOGUE } from '../../../src/domain/catalogue';
import { FORMS } from '../../../src/domain/forms';
import type { Answers, Form } from '../../../src/domain/forms/form';
import { pagesOf } from '../../../src/domain/forms/pages';
import { exception } from '../../../src/domain/kinds/exception/form';
import { highRisk } from '../../../src/domain/kinds/high-risk/form';
import { leadership } from '../../../src/domain/kinds/leadership/form';
import { FORM_LINES, readFormMetadata } from '../../../src/slack/ids/form';
import { isInput } from '../../support/forms';

const draw = (form: Form, answers: Answers = {}, page?: string, more = false) =>
  formModal({
    form,
    answers,
    catalogue: STARTER_CATALOGUE,
    context: { sp: { status: 'none' }, preview: null, openCases: [], highRiskHint: false, supplied: {}, told: null },
    metadata: { channel: 'C01', source: null, ...(page && { page }), ...(more && { more }) },
  });
const wordsAt = (blocks: readonly AnyBlock[], id: string) =>
  JSON.stringify(blocks.find(({ block_id }) => block_id === id) ?? null);
const input = (blocks: readonly AnyBlock[], id: string): InputBlock | undefined =>
  blocks.filter(isInput).find(({ block_id }) => block_id === id);

const SENSITIVE: Answers = { sensitive_issues: ['slander'] };

describe('the high-risk form', () => {
  it('opens with the banner, above everything else', () => {
    const { blocks } = draw(highRisk);
    expect(blocks[0]).toMatchObject({ type: 'section', block_id: FORM_LINES.banner });
    expect(wordsAt(blocks, FORM_LINES.banner)).toContain(
      'If anyone is in danger now, call the emergency services first.',
    );
  });

  it('shows the severity with its reason before it is submitted', () => {
    const answers = { at_risk: ['customer'], situation: ['police'], danger_now: 'no' };
    const { blocks } = draw(highRisk, answers);
    expect(wordsAt(blocks, FORM_LINES.verdict)).toContain('Critical because the police are involved.');
    expect(wordsAt(draw(highRisk, { ...answers, danger_now: '' }).blocks, FORM_LINES.verdict)).toContain(
      'Not rated yet',
    );
  });

  it('suggests the sentence for the situation', () => {
    expect(wordsAt(draw(highRisk).blocks, FORM_LINES.opening)).toContain(highRisk.opening);
    expect(wordsAt(draw(highRisk, { danger_now: 'yes' }).blocks, FORM_LINES.opening)).toContain(
      'Please call the emergency services now',
    );
  });

  it('starts with the customer as the reporter, and shows a given answer instead', () => {
    expect(input(draw(highRisk).blocks, 'escalated_by')?.element).toMatchObject({
      initial_option: { value: 'customer' },
    });
    expect(input(draw(highRisk, { escalated_by: 'agent' }).blocks, 'escalated_by')?.element).toMatchObject({
      initial_option: { value: 'agent' },
    });
  });

  it('takes evidence as files', () => {
    expect(input(draw(highRisk, {}, undefined, true).blocks, 'evidence')).toMatchObject({
      optional: true,
      element: { type: 'file_input', max_files: 10 },
    });
  });
});

describe('the exception form', () => {
  it('explains each code next to it', () => {
    expect(input(draw(exception).blocks, 'code')?.element).toMatchObject({
      type: 'static_select',
      options: expect.arrayContaining([
        {
          text: { type: 'plain_text', text: 'NCNS', emoji: false },
          value: 'NCNS',
          description: { type: 'plain_text', text: 'No call, no show', emoji: false },
        },
      ]),
    });
  });

  it('never asks what the contact rule supplies, and asks for a reason if it says so', () => {
    const { blocks } = draw(exception, { code: 'NCNS', contact_rule: 'wait' });
    expect(input(blocks, 'contact_rule')).toBeUndefined();
    expect(input(blocks, 'override_reason')).toBeDefined();
    expect(input(draw(exception, { code: 'NCNS', contact_rule: 'met' }).blocks, 'override_reason')).toBeUndefined();
  });
});

describe('the leadership form', () => {
  it('is one page, submitted at once, without a sensitive issue', () => {
    const view = draw(leadership);
    expect(view.submit?.text).toBe('Submit');
    expect(wordsAt(view.blocks, FORM_LINES.progress)).toBe('null');
  });

  it('continues page by page with one, showing its progress', () => {
    const first = draw(leadership, SENSITIVE);
    expect(first.submit?.text).toBe('Next');
    expect(wordsAt(first.blocks, FORM_LINES.progress)).toContain('Page 1 of 3 · The caller');
    const last = draw(leadership, SENSITIVE, 'closing');
    expect(last.submit?.text).toBe('Submit');
    expect(wordsAt(last.blocks, FORM_LINES.progress)).toContain('Page 3 of 3 · Contract and closing');
  });

  it('asks in sentences to read aloud, under the heading of each part', () => {
    const { blocks } = draw(leadership, SENSITIVE, 'agreement');
    const asked = blocks.filter(isInput).filter(({ block_id }) => !block_id?.includes('skip_'));
    expect(asked.map(({ label }) => label.text).filter((text) => !text.endsWith('?'))).toEqual([]);
    expect(blocks.flatMap((block) => ('text' in block && block.type === 'header' ? [block.text?.text] : []))).toEqual([
      'Contract',
      'System',
      'Closing',
    ]);
  });

  it('remembers the page on screen', () => {
    expect(readFormMetadata(draw(leadership, SENSITIVE, 'system').private_metadata ?? '')?.page).toBe('agreement');
    expect(readFormMetadata(draw(leadership, SENSITIVE, 'gone').private_metadata ?? '')?.page).toBe('caller');
  });

  it('makes a part optional only once there is a reason for skipping it', () => {
    const needed = (id: string, answers: Answers) =>
      draw(leadership, answers, id)
        .blocks.filter(isInput)
        .filter(({ optional }) => !optional).length;
    for (const { id, questions } of pagesOf(leadership, SENSITIVE).slice(1)) {
      const parts = [...new Set(questions.map(({ part }) => part?.skip ?? ''))];
      expect(parts).toHaveLength(3);
      const skipped = parts.map((_, i) =>
        needed(id, { ...SENSITIVE, ...Object.fromEntries(parts.slice(0, i + 1).map((skip) => [skip, 'Driving.'])) }),
      );
      expect(needed(id, SENSITIVE)).toBeGreaterThan(skipped[0] ?? 0);
      expect(skipped[0]).toBeGreaterThan(skipped[1] ?? 0);
      expect(skipped[2]).toBe(0);
    }
  });

  it('asks for an attorney once there is a lawsuit, and for a number without an SJ', () => {
    const attorney = (lawsuit_stage: string) =>
      input(draw(highRisk, { situation: ['lawsuit'], lawsuit_stage }).blocks, 'lawsuit_counsel')?.optional;
    expect([attorney('threatened'), attorney('initiated')]).toEqual([true, undefined]);
    const number = (sj: string) =>
      input(draw(leadership, { path: 'waits', sj }).blocks, 'callback_number') !== undefined;
    expect([number('556677'), number('')]).toEqual([false, true]);
  });

  it('asks the promised time with a date and time picker', () => {
    const at = '2026-03-10T15:00:00.000Z';
    expect(input(draw(leadership, { path: 'waits', callback_at: at }).blocks, 'callback_at')?.element).toEqual({
      type: 'datetimepicker',
      action_id: 'answer',
      initial_date_time: Date.parse(at) / 1000,
    });
  });

  it('shows the closing statement on its last page', () => {
    expect(wordsAt(draw(leadership, SENSITIVE, 'closing').blocks, 'closing_read')).toContain(
      'You will be contacted about it',
    );
  });
});

it.each(Object.values(FORMS))("$title opens blank within Slack's limits", (form) => {
  expect(validateView(draw(form), 'modal')).toMatchObject({ ok: true });
});
