import fc from 'fast-check';
import { STARTER_CATALOGUE } from '../../../src/domain/catalogue';
import {
  check,
  derivedSoFar,
  looksHighRisk,
  newAnswersFrom,
  prune,
  schemaOf,
  summarize,
  visibleQuestions,
} from '../../../src/domain/forms/engine';
import type { Answers, Catalogue } from '../../../src/domain/forms/form';
import { spFeedback } from '../../../src/domain/kinds/sp-feedback/form';
import {
  answersAfter,
  anyChange,
  anyChanges,
  anyFullAnswers,
  everyKind,
  everyKindCatalogue,
  FORMS_WITH_CATALOGUE,
} from '../../support/forms';

const shownIds = (answers: Answers) => visibleQuestions(everyKind, answers).map(({ id }) => id);
const faultsOf = (answers: Answers, catalogue: Catalogue = everyKindCatalogue) => {
  const checked = check(everyKind, answers, catalogue);
  return checked.ok ? {} : Object.fromEntries(checked.faults.map(({ question, message }) => [question, message]));
};
const COMPLETE: Answers = { account: 'A1', more: 'no', parts: ['wheel'], who: 'U0AGENT01' };

describe.each(FORMS_WITH_CATALOGUE)('for any answers, %s', (_name, form, catalogue) => {
  it('keeps every answer that stays visible if another one changes, and drops every hidden one', () => {
    fc.assert(
      fc.property(anyChanges(form, catalogue), anyChange(form, catalogue), (changes, { question, answer }) => {
        const before = answersAfter(form, changes);
        const now = prune(form, { ...before, [question]: answer });
        const shown = visibleQuestions(form, now).map(({ id }) => id);
        for (const id of shown) if (id !== question) expect(now[id]).toEqual(before[id]);
        const supplied = form.questions.filter((each) => each.supplied).map(({ id }) => id);
        expect([...shown, ...supplied]).toEqual(expect.arrayContaining(Object.keys(now)));
      }),
    );
  });

  it('prunes to the same answers a second time, and shows the same questions before and after pruning', () => {
    fc.assert(
      fc.property(fc.array(anyChange(form, catalogue)), (changes) => {
        const raw = Object.fromEntries(changes.map(({ question, answer }) => [question, answer]));
        for (const pruned of [prune(form, raw), prune(form, raw, catalogue)])
          expect(prune(form, pruned, catalogue)).toEqual(prune(form, prune(form, pruned, catalogue), catalogue));
        expect(prune(form, prune(form, raw))).toEqual(prune(form, raw));
        expect(visibleQuestions(form, prune(form, raw))).toEqual(visibleQuestions(form, raw));
      }),
    );
  });

  it('stores only what its schema accepts, and checks it again without a change', () => {
    const stored = schemaOf(form, catalogue);
    let passed = 0;
    fc.assert(
      fc.property(anyFullAnswers(form, catalogue), (answers) => {
        const checked = check(form, answers, catalogue);
        if (!checked.ok) return;
        passed += 1;
        expect(stored.parse(checked.answers)).toEqual(checked.answers);
        expect(check(form, checked.answers, catalogue)).toEqual(checked);
      }),
      { numRuns: 500 },
    );
    expect(passed).toBeGreaterThan(10);
  });

  it("puts every fault at a visible question, in the form's order", () => {
    fc.assert(
      fc.property(anyChanges(form, catalogue), (changes) => {
        const checked = check(form, answersAfter(form, changes), catalogue);
        if (checked.ok) return;
        const ids = form.questions.map(({ id }) => id);
        const places = checked.faults.map(({ question }) => ids.indexOf(question));
        expect(places).toEqual([...places].sort((a, b) => a - b));
        expect(checked.faults.every(({ message }) => message.length > 5 && message.length < 400)).toBe(true);
        expect(new Set(checked.faults.map(({ question }) => question)).size).toBe(checked.faults.length);
      }),
    );
  });
});

describe('visible questions', () => {
  it('follow the answers of earlier questions', () => {
    expect(shownIds({})).toEqual(['account', 'job', 'more', 'color', 'at', 'evidence']);
    expect(shownIds({ more: 'yes' })).toContain('story');
    expect(shownIds({ more: 'no', parts: ['wheel'] })).toEqual(expect.arrayContaining(['parts', 'who']));
  });

  it('ignore answers of hidden questions', () => {
    expect(shownIds({ more: 'yes', parts: ['wheel'] })).not.toContain('who');
  });
});

describe('pruning', () => {
  it('drops empty answers, wrong shapes and unknown questions', () => {
    expect(prune(everyKind, { account: '', job: ['x'], more: 'maybe', evidence: [], nonsense: 'x' })).toEqual({});
  });

  it('drops codes that are not offered, if it knows the catalogue', () => {
    const answers = { more: 'no', color: 'green', parts: ['wheel', 'engine', 'wheel'] };
    expect(prune(everyKind, answers)).toEqual({ ...answers, parts: ['wheel', 'engine'] });
    expect(prune(everyKind, answers, everyKindCatalogue)).toEqual({ more: 'no', parts: ['wheel'] });
  });

  it('hides what depended on a dropped code', () => {
    const withoutWheel = { ...everyKindCatalogue, parts: [{ code: 'door', label: 'Door' }] };
    expect(prune(everyKind, COMPLETE, withoutWheel)).toEqual({ account: 'A1', more: 'no' });
  });
});

describe('taking answers over from elsewhere', () => {
  it('keeps what fits, shown already or not, and leaves the rest', () => {
    const other = { account: 'A1', story: 'It broke.', more: ['yes'], color: 'green', unknown: 'x' };
    expect(newAnswersFrom(everyKind, other, everyKindCatalogue)).toEqual({ account: 'A1', story: 'It broke.' });
  });

  it('fills in a question once its branch is chosen', () => {
    const taken = newAnswersFrom(everyKind, { story: 'It broke.' });
    expect(prune(everyKind, { ...taken, more: 'yes' })).toEqual({ more: 'yes', story: 'It broke.' });
    expect(prune(everyKind, { ...taken, more: 'no' })).toEqual({ more: 'no' });
  });
});

describe('checking a submission', () => {
  it('returns the cleaned answers and the conclusions', () => {
    expect(check(everyKind, { ...COMPLETE, account: '  A1 ', job: '   ' }, everyKindCatalogue)).toEqual({
      ok: true,
      answers: COMPLETE,
      derived: everyKind.derive(COMPLETE, everyKindCatalogue),
    });
  });

  it('drops hidden answers instead of storing them', () => {
    const checked = check(everyKind, { ...COMPLETE, story: 'Left over from Yes.' }, everyKindCatalogue);
    expect(checked).toMatchObject({ ok: true, answers: COMPLETE });
  });

  it('names every missing answer at once', () => {
    expect(faultsOf({})).toEqual({ account: 'Fill this in.', more: 'Choose Yes or No.' });
    expect(faultsOf({ account: ' ', more: 'no' })).toEqual({ account: 'Fill this in.', parts: 'Choose at least one.' });
    expect(faultsOf({ account: 'A', more: 'yes' })).toEqual({ story: 'Write a sentence or two here.' });
  });

  it('counts characters as people do, and says how many there are', () => {
    expect(faultsOf({ account: 'A', more: 'yes', story: '😀'.repeat(50) })).toEqual({});
    expect(faultsOf({ account: 'A', more: 'yes', story: 'x'.repeat(51) })).toEqual({
      story: 'This is 51 characters long. Shorten it to 50 or fewer.',
    });
  });

  it('refuses an exclusive option with others, and accepts it alone', () => {
    expect(faultsOf({ account: 'A', more: 'no', parts: ['door', 'none'] }).parts).toContain('"No part" rules out');
    expect(faultsOf({ account: 'A', more: 'no', parts: ['none'] })).toEqual({});
  });

  it('refuses options that were retired or never existed', () => {
    expect(faultsOf({ ...COMPLETE, color: 'green' }).color).toBe('"Green" is no longer offered. Please choose again.');
    expect(faultsOf({ ...COMPLETE, color: 'gold' }).color).toContain('"gold"');
    expect(faultsOf({ ...COMPLETE, parts: ['wheel', 'engine', 'mast'] }).parts).toContain('"engine", "mast" are');
  });

  it('refuses answers of the wrong shape, invalid dates and people, and too many files', () => {
    const faults = faultsOf({
      ...COMPLETE,
      color: ['red'],
      at: 'tomorrow',
      who: 'Dana',
      evidence: ['F1', 'F2', 'F3'],
    });
    expect(Object.keys(faults)).toEqual(['color', 'at', 'who', 'evidence']);
    expect(faults.evidence).toBe('Add 2 files at most; these are 3.');
  });
});

describe('the schema of what is stored', () => {
  const stored = schemaOf(everyKind, everyKindCatalogue);
  const refuses = (answers: unknown) => expect(stored.safeParse(answers).success).toBe(false);

  it('accepts a retired code in cases from when it was offered', () => {
    expect(stored.parse({ ...COMPLETE, color: 'green' })).toEqual({ ...COMPLETE, color: 'green' });
  });

  it('refuses hidden, missing, unknown, repeated and malformed answers', () => {
    refuses({ ...COMPLETE, story: 'hidden' });
    refuses({ ...COMPLETE, who: undefined });
    refuses({ ...COMPLETE, nonsense: 'x' });
    refuses({ ...COMPLETE, parts: ['wheel', 'wheel'] });
    refuses({ ...COMPLETE, parts: ['wheel', 'none'] });
    refuses({ ...COMPLETE, color: 'gold' });
    refuses({ ...COMPLETE, account: '' });
    refuses({ ...COMPLETE, at: 'tomorrow' });
    refuses('text');
  });
});

describe('the summary', () => {
  it('shows the answers as labels, in order, without hidden ones', () => {
    const answers = { ...COMPLETE, color: 'green', parts: ['wheel', 'ghost'], story: 'hidden' };
    expect(summarize(everyKind, answers, everyKindCatalogue).map(({ label, value }) => `${label}: ${value}`)).toEqual([
      'Account: A1',
      'More: No',
      'Color: Green',
      'Parts: Wheel; ghost',
      'Who: U0AGENT01',
    ]);
  });

  it('marks long text, which is unchanged', () => {
    const [, , story] = summarize(everyKind, { account: 'A', more: 'yes', story: 'a\n<b>' }, everyKindCatalogue);
    expect(story).toEqual({ question: 'story', kind: 'long_text', label: 'Story', value: 'a\n<b>', long: true });
  });
});

describe('conclusions while the form is being filled in', () => {
  const soFar = (answers: Answers) => derivedSoFar(spFeedback, answers, STARTER_CATALOGUE);

  it('wait for every branch on screen, not for text', () => {
    expect(soFar({ sp_account: 'SP-1', sj: '12345' })).toBeNull();
    expect(soFar({ reason: 'customer_feedback' })).toBeNull();
    expect(soFar({ reason: 'customer_feedback', customer_type: 'positive' })?.tone).toBe('positive');
    expect(soFar({ reason: 'recall_reassignment', recall_reason: 'account_inactive' })?.tone).toBe('neutral');
  });

  it('include a high-risk option only while it is visible', () => {
    const answers = { reason: 'customer_feedback', customer_type: 'negative', negative_customer: ['discrimination'] };
    expect(looksHighRisk(spFeedback, answers, STARTER_CATALOGUE)).toBe(true);
    expect(looksHighRisk(spFeedback, { ...answers, customer_type: 'positive' }, STARTER_CATALOGUE)).toBe(false);
    expect(looksHighRisk(spFeedback, { ...answers, negative_customer: ['misdiagnosis'] }, STARTER_CATALOGUE)).toBe(
      false,
    );
  });
});
