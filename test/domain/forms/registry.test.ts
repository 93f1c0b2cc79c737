import { FORMS, formOf } from '../../../src/domain/forms';
import { CASE_KINDS } from '../../../src/domain/kinds';

describe('the registry', () => {
  it('has a form under its own kind, with a title that fits and unique question ids', () => {
    for (const [kind, form] of Object.entries(FORMS)) {
      expect(form.kind).toBe(kind);
      expect(formOf(form.kind)).toBe(form);
      expect(form.title.length).toBeLessThanOrEqual(24);
      const ids = form.questions.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining([form.spQuestion, form.sjQuestion]));
    }
  });

  it('has a button for the questions that few reports need, where there are any', () => {
    for (const form of Object.values(FORMS))
      expect(form.more !== undefined).toBe(form.questions.some(({ extra }) => extra !== undefined));
  });

  it('has a form for every kind of case', () => {
    expect(Object.keys(FORMS).sort()).toEqual([...CASE_KINDS].sort());
  });
});
