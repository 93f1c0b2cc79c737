import { STARTER_CATALOGUE } from '../../../src/domain/catalogue';
import { FORMS } from '../../../src/domain/forms';
import { offeredOptions } from '../../../src/domain/forms/answer';
import type { Answers } from '../../../src/domain/forms/form';
import { answersIn, asAsked, hasField } from '../../../src/domain/forms/joined';
import { spFeedback } from '../../../src/domain/kinds/sp-feedback/form';

const question = (id: string) => {
  const found = spFeedback.questions.find((one) => one.id === id);
  if (!found) throw new Error(`There is no question ${id}.`);
  return found;
};
const reason = question('reason');
const asked = (answers: Answers) => asAsked(spFeedback, reason, answers, STARTER_CATALOGUE);
const entries = offeredOptions(asked({}).question, STARTER_CATALOGUE);

describe('a question asked together with those its options open', () => {
  it('is one list with both original labels', () => {
    expect(entries.map(({ label }) => label)).toEqual([
      'Recall Reassignment: Customer Driven',
      'Recall Reassignment: Account Inactive',
      'Recall Reassignment: SP Refused',
      'SP Feedback from Customer: Positive',
      'SP Feedback from Customer: Negative',
      'SP Internal Feedback: Positive',
      'SP Internal Feedback: Negative',
    ]);
  });

  it('is answered under both ids, and shows the matching entry as chosen', () => {
    for (const { code } of entries) {
      const answers = answersIn(spFeedback, reason, {}, code);
      expect(Object.keys(answers)).toHaveLength(2);
      expect(asked(answers).answer).toBe(code);
    }
    expect(answersIn(spFeedback, reason, {}, 'customer_feedback/negative')).toEqual({
      reason: 'customer_feedback',
      customer_type: 'negative',
    });
  });

  it('shows nothing chosen while only the first of the two is known, and reads that back unchanged', () => {
    const half = asked({ reason: 'internal_feedback' }).answer;
    expect(entries.some(({ code }) => code === half)).toBe(false);
    expect(answersIn(spFeedback, reason, {}, 'internal_feedback')).toEqual({ reason: 'internal_feedback' });
    expect(answersIn(spFeedback, reason, {}, 'none of ours/negative')).toEqual({ reason: 'none of ours/negative' });
  });

  it('leaves the joined questions without a field', () => {
    const fields = ['reason', 'recall_reason', 'customer_type', 'internal_type', 'has_complaint'].filter((id) =>
      hasField(spFeedback, question(id), {}, STARTER_CATALOGUE),
    );
    expect(fields).toEqual(['reason', 'has_complaint']);
  });

  it('joins only later one-of questions, on the same page, into a short list', () => {
    for (const form of Object.values(FORMS))
      for (const [place, one] of form.questions.entries()) {
        if (one.kind !== 'one_of' || !one.joins) continue;
        for (const id of one.joins) {
          const joined = form.questions.findIndex((other) => other.id === id);
          expect(joined).toBeGreaterThan(place);
          expect(form.questions[joined]).toMatchObject({ kind: 'one_of', when: expect.any(Function) });
          expect(form.questions[joined]?.page).toBe(one.page);
        }
        const list = offeredOptions(asAsked(form, one, {}, STARTER_CATALOGUE).question, STARTER_CATALOGUE);
        expect(list.length).toBeLessThanOrEqual(10);
      }
  });
});
