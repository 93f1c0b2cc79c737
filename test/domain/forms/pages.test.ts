import fc from 'fast-check';
import { STARTER_CATALOGUE } from '../../../src/domain/catalogue';
import { check, visibleQuestions, withInitial } from '../../../src/domain/forms/engine';
import type { Answers } from '../../../src/domain/forms/form';
import { answersWithPage, checkPage, pageAsking, pageOf, pagesOf } from '../../../src/domain/forms/pages';
import { exception } from '../../../src/domain/kinds/exception/form';
import { leadership } from '../../../src/domain/kinds/leadership/form';
import { spFeedback } from '../../../src/domain/kinds/sp-feedback/form';
import { answersAfter, anyChanges, FORMS_WITH_CATALOGUE } from '../../support/forms';

const CALLER: Answers = {
  sj: '4471220',
  wants: 'sensitive',
  path: 'refuses',
  transfer: 'voicemail',
  handover: 'A lien on the house.',
  sensitive_issues: ['lien_request'],
};

describe.each(FORMS_WITH_CATALOGUE)('for any answers, the pages of %s', (_name, form, catalogue) => {
  it('ask every visible question once, in order, and none is empty', () => {
    fc.assert(
      fc.property(anyChanges(form, catalogue), (changes) => {
        const answers = answersAfter(form, changes);
        const pages = pagesOf(form, answers);
        expect(pages.flatMap(({ questions }) => questions)).toEqual(visibleQuestions(form, answers));
        expect(pages.every(({ questions }) => questions.length > 0)).toBe(true);
        expect(new Set(pages.map(({ id }) => id)).size).toBe(pages.length);
      }),
    );
  });

  it('have no faults if the whole form has none, and all of its faults between them', () => {
    fc.assert(
      fc.property(anyChanges(form, catalogue), (changes) => {
        const answers = answersAfter(form, changes);
        const checked = check(form, answers, catalogue);
        const byPage = pagesOf(form, answers).flatMap(({ id }) => {
          const page = checkPage(form, answers, catalogue, id);
          return page.ok ? [] : page.faults;
        });
        expect(byPage).toEqual(checked.ok ? [] : checked.faults);
      }),
    );
  });

  it('do not change when an initial answer is filled in, which changes no other answer', () => {
    fc.assert(
      fc.property(anyChanges(form, catalogue), (changes) => {
        const answers = answersAfter(form, changes);
        const filled = withInitial(form, answers);
        expect(filled).toMatchObject(answers);
        expect(withInitial(form, filled)).toEqual(filled);
      }),
    );
  });
});

describe('a page', () => {
  it('is the whole form if there are no others', () => {
    expect(pageOf(spFeedback, {})).toMatchObject({ page: { title: 'SP feedback' }, number: 1, of: 1, next: null });
  });

  it('knows its position, and the pages before and after it', () => {
    expect(pageOf(leadership, CALLER, 'customer')).toMatchObject({
      page: { title: 'Customer and sale' },
      number: 2,
      of: 3,
      previous: { id: 'caller' },
      next: { id: 'agreement' },
    });
    expect(pageOf(leadership, CALLER, 'agreement').next).toBeNull();
  });

  it('that is now a part of another one, as in an old draft, is the page that asks it', () => {
    expect(pageOf(leadership, CALLER, 'concern').page.id).toBe('customer');
    expect(pageOf(leadership, CALLER, 'closing').page.id).toBe('agreement');
  });

  it('is the first one again once its questions have vanished', () => {
    expect(pageOf(leadership, { ...CALLER, sensitive_issues: [] }, 'concern').page.id).toBe('caller');
  });

  it('is checked by itself: faults of later pages wait', () => {
    expect(checkPage(leadership, CALLER, STARTER_CATALOGUE, 'caller')).toEqual({ ok: true });
    expect(checkPage(leadership, CALLER, STARTER_CATALOGUE, 'system')).toEqual({
      ok: false,
      faults: [{ question: 'system_installed', message: 'Choose Yes or No.' }],
    });
    const skipped = { ...CALLER, skip_system: 'Not known yet.' };
    expect(checkPage(leadership, skipped, STARTER_CATALOGUE, 'system')).toEqual({ ok: true });
  });

  it('can be found by one of its questions', () => {
    expect(pageAsking(leadership, CALLER, 'claiming_fraud')).toBe('customer');
    expect(pageAsking(leadership, CALLER, 'welcome_phone')).toBeNull();
  });

  it('leaves supplied answers as they are', () => {
    const before = { code: 'NCNS', contact_rule: 'wait', details: 'Nobody came.' };
    expect(answersWithPage(exception, before, 'main', { code: 'NCNS' })).toEqual({
      code: 'NCNS',
      contact_rule: 'wait',
    });
  });

  it('replaces only its own answers, including emptied ones', () => {
    const before = { ...CALLER, claiming_fraud: 'yes', promises: 'A refund.' };
    expect(answersWithPage(leadership, before, 'concern', { claiming_fraud: 'no' })).toEqual({
      ...CALLER,
      claiming_fraud: 'no',
    });
  });
});
