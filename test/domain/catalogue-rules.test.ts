import { STARTER_CATALOGUE } from '../../src/domain/catalogue';
import {
  catalogueFaults,
  LABEL_MAX,
  OFFERED_MAX,
  withLabel,
  withOption,
  withRetired,
} from '../../src/domain/catalogue-rules';
import { summarize } from '../../src/domain/forms/engine';
import type { Catalogue } from '../../src/domain/forms/form';
import { spFeedback } from '../../src/domain/kinds/sp-feedback/form';

const plain = (label: string) => ({ label, exceptionCode: null, highRisk: false });
const add = (catalogue: Catalogue, label: string) => withOption(catalogue, 'negative_customer', plain(label));
const last = (catalogue: Catalogue) => catalogue.negative_customer?.at(-1);
const messages = (after: Catalogue, before: Catalogue = STARTER_CATALOGUE) =>
  catalogueFaults(after, before).map(({ message }) => message);

describe('an answer option', () => {
  it('gets a code that its list never had, whatever its label', () => {
    const first = add(STARTER_CATALOGUE, ' Gate  left open! ');
    expect(last(first)).toEqual({ code: 'gate_left_open', label: 'Gate left open!' });
    const renamed = withRetired(
      withLabel(first, 'negative_customer', 'gate_left_open', 'Other'),
      'negative_customer',
      'gate_left_open',
      true,
    );
    expect(last(add(renamed, 'Gate left open'))?.code).toBe('gate_left_open_2');
    expect(last(add(STARTER_CATALOGUE, '門が開いたまま'))?.code).toBe('option');
    expect(last(withOption(STARTER_CATALOGUE, 'negative_customer', plain('None')))?.code).toBe('none_2');
    expect(messages(first)).toEqual([]);
  });

  it('carries what its list sets: positives count as great service, details as nothing', () => {
    const wanted = { label: 'Extra', exceptionCode: 'PROCESS', highRisk: true } as const;
    expect(withOption(STARTER_CATALOGUE, 'negative_internal', wanted).negative_internal?.at(-1)).toEqual({
      code: 'extra',
      label: 'Extra',
      exceptionCode: 'PROCESS',
      highRisk: true,
    });
    expect(withOption(STARTER_CATALOGUE, 'positive_customer', wanted).positive_customer?.at(-1)?.exceptionCode).toBe(
      'GREAT SVC',
    );
    expect(withOption(STARTER_CATALOGUE, 'high_cost', wanted).high_cost?.at(-1)).toEqual({
      code: 'extra',
      label: 'Extra',
    });
  });

  it('is refused if it cannot be shown or told apart', () => {
    expect(messages(add(STARTER_CATALOGUE, '  '))).toEqual([expect.stringContaining('is empty')]);
    expect(messages(add(STARTER_CATALOGUE, 'x'.repeat(LABEL_MAX)))).toEqual([]);
    expect(messages(add(STARTER_CATALOGUE, 'x'.repeat(LABEL_MAX + 1)))).toEqual([
      expect.stringContaining('longer than 75'),
    ]);
    expect(messages(add(STARTER_CATALOGUE, 'no work DONE'))).toEqual([expect.stringContaining('already in this list')]);
    const retired = withRetired(STARTER_CATALOGUE, 'negative_customer', 'no_work_done', true);
    expect(messages(add(retired, 'No work done'), retired)).toEqual([expect.stringContaining('bring it back')]);
  });

  it('is never removed, moved or given another meaning', () => {
    const before = add(STARTER_CATALOGUE, 'Gate left open');
    const list = before.negative_customer ?? [];
    const changed = (negative_customer: typeof list) => messages({ ...before, negative_customer }, before);
    const stays = [expect.stringContaining('stays as it is')];
    expect(changed(list.slice(0, -1))).toEqual(stays);
    expect(changed([...list].reverse())).toEqual(stays);
    expect(changed(list.map((option) => ({ ...option, exceptionCode: 'COACH' as const })))).toEqual(stays);
    expect(changed(list.map(({ highRisk: _, ...option }) => option))).toEqual(stays);
    expect(messages({ ...before, wishes: [] }, before)).toEqual([]);
    expect(messages({ ...before, wishes: list }, before)).toEqual(['There is no list wishes.']);
  });

  it("leaves its list with something to choose from, within Slack's limit", () => {
    const none = (STARTER_CATALOGUE.workmanship ?? []).reduce<Catalogue>(
      (catalogue, { code }) => withRetired(catalogue, 'workmanship', code, true),
      STARTER_CATALOGUE,
    );
    expect(messages(none)).toEqual([expect.stringContaining('needs at least one option')]);
    let full: Catalogue = STARTER_CATALOGUE;
    while ((full.negative_customer?.length ?? 0) < OFFERED_MAX)
      full = add(full, `Option ${full.negative_customer?.length}`);
    expect(messages(full)).toEqual([]);
    expect(messages(add(full, 'One too many'), full)).toEqual([expect.stringContaining('already offers 99 options')]);
    const room = withRetired(full, 'negative_customer', 'no_work_done', true);
    expect(messages(add(room, 'Just enough'), room)).toEqual([]);
  });

  it('keeps its label in old reports once it is retired, and returns to its place', () => {
    const retired = withRetired(STARTER_CATALOGUE, 'negative_customer', 'no_work_done', true);
    const answers = {
      sp_account: 'ACC100',
      sj: '556677',
      reason: 'customer_feedback',
      customer_type: 'negative',
      negative_customer: ['no_work_done'],
      customer_details: 'x',
    };
    const words = (catalogue: Catalogue) =>
      summarize(spFeedback, answers, catalogue).find(({ question }) => question === 'negative_customer')?.value;
    expect(words(retired)).toBe('No work done');
    expect(withRetired(retired, 'negative_customer', 'no_work_done', false)).toEqual(STARTER_CATALOGUE);
  });
});
