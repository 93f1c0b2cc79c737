import { STARTER_CATALOGUE } from '../../../../src/domain/catalogue';
import { summarize } from '../../../../src/domain/forms/engine';
import type { Catalogue } from '../../../../src/domain/forms/form';
import { spFeedback } from '../../../../src/domain/kinds/sp-feedback/form';
import { NEGATIVE_INTERNAL, procedure } from '../../../support/sp-feedback-answers';

const { faultsOf, file, offers } = procedure;

describe.each([
  ['high_cost', 'high_cost', 'High cost', 'duplicate_invoice', 'Duplicate invoice', 'SP Does Not Have High Cost'],
  [
    'workmanship',
    'poor_workmanship',
    'Poor workmanship',
    'wrong_part',
    'Wrong part',
    'SP Did Not Have Poor Workmanship',
  ],
  [
    'process',
    'did_not_follow_process',
    'Did not follow process',
    'no_call_ahead',
    'No call ahead',
    'SP Followed Process',
  ],
])('the follow-up %s', (followUp, negative, negativeLabel, detail, detailLabel, noneLabel) => {
  const chosen = { ...NEGATIVE_INTERNAL, negative_internal: ['needs_coaching', negative] };

  it('agrees if both are chosen, or neither', () => {
    expect(faultsOf({ ...chosen, [followUp]: [detail] })).toEqual({});
    expect(faultsOf(NEGATIVE_INTERNAL)).toEqual({});
  });

  it('disagrees if the negative is chosen without a detail, naming both answers', () => {
    const faults = faultsOf(chosen);
    expect(Object.keys(faults)).toEqual([followUp]);
    expect(faults[followUp]).toContain(`"${negativeLabel}" is chosen under "Negative Internal Feedback"`);
    expect(faults[followUp]).toContain(`"${noneLabel}" here`);
  });

  it('is none if its negative is not chosen, whatever was chosen in it before', () => {
    const checked = file({ ...NEGATIVE_INTERNAL, [followUp]: [detail] });
    expect(checked).toMatchObject({ ok: true, answers: { [followUp]: ['none'] } });
    expect(file({ ...NEGATIVE_INTERNAL, [followUp]: undefined } as never)).toEqual(checked);
    expect(summarize(spFeedback, checked.ok ? checked.answers : {}, STARTER_CATALOGUE)).toContainEqual(
      expect.objectContaining({ question: followUp, value: noneLabel }),
    );
  });

  it('offers no answer that its negative rules out, and refuses it with a detail', () => {
    expect(offers(followUp)).toContain(detailLabel);
    expect(offers(followUp)).not.toContain(noneLabel);
    expect(faultsOf({ ...chosen, [followUp]: [detail, 'none'] })).toEqual({
      [followUp]: `"${noneLabel}" rules out the other choices. Keep either it or the others, not both.`,
    });
  });

  it('depends on the exception code, so that the business may rename and replace negatives', () => {
    const code = STARTER_CATALOGUE.negative_internal.find((option) => option.code === negative)?.exceptionCode;
    if (!code) throw new Error(`${negative} maps to no code`);
    const replaced: Catalogue = {
      ...STARTER_CATALOGUE,
      negative_internal: [
        ...STARTER_CATALOGUE.negative_internal.filter((option) => option.code !== negative),
        { code: 'replacement', label: 'The new words', exceptionCode: code },
      ],
    };
    const answers = { ...NEGATIVE_INTERNAL, negative_internal: ['replacement'] };
    expect(faultsOf({ ...answers, [followUp]: [detail] }, replaced)).toEqual({});
    expect(faultsOf(answers, replaced)[followUp]).toContain('"The new words" is chosen');
  });
});

it('reports all disagreements at once, each at its follow-up', () => {
  const all = ['high_cost', 'poor_workmanship', 'did_not_follow_process'];
  expect(Object.keys(faultsOf({ ...NEGATIVE_INTERNAL, negative_internal: all }))).toEqual([
    ...['high_cost', 'workmanship', 'process'],
  ]);
});

it('reports one fault of an answer that is both unknown and in disagreement', () => {
  const checked = file({ ...NEGATIVE_INTERNAL, negative_internal: ['high_cost'], high_cost: ['retired_long_ago'] });
  expect(checked.ok ? [] : checked.faults).toEqual([
    { question: 'high_cost', message: '"retired_long_ago" is no longer offered. Please choose again.' },
  ]);
});
