import { FORMS } from '../../src/domain/forms';
import { closingOf } from '../../src/domain/forms/engine';
import { CASE_KINDS } from '../../src/domain/kinds';
import { TEXT_MAX, TEXTS, textFaults, withTexts } from '../../src/domain/texts';

describe('closing texts', () => {
  it('exist for every form and every situation it distinguishes, each under its own key', () => {
    expect(new Set(TEXTS.map(({ key }) => key)).size).toBe(TEXTS.length);
    for (const kind of CASE_KINDS) {
      const { closings = [] } = FORMS[kind];
      expect(TEXTS.filter((template) => template.kind === kind)).toHaveLength(closings.length + 1);
    }
  });

  it('of the business replace the standard ones, situation by situation', () => {
    const sensitive = { sensitive_issues: ['foreclosure_notice'] };
    const own = withTexts(FORMS.leadership, { 'leadership.closing.sensitive': 'Own words.' });
    expect(closingOf(own, sensitive)).toBe('Own words.');
    expect(own.questions.find(({ id }) => id === 'closing_read')?.hint).toBe('“Own words.”');
    expect(closingOf(own, {})).toBe(FORMS.leadership.closing);
    const general = withTexts(FORMS.leadership, { 'leadership.closing': 'General words.' });
    expect(closingOf(general, {})).toBe('General words.');
    expect(closingOf(general, sensitive)).toBe(closingOf(FORMS.leadership, sensitive));
    expect(closingOf(withTexts(FORMS.sp_feedback, { 'sp_feedback.closing': 'Noted.' }), {})).toBe('Noted.');
    expect(withTexts(FORMS.high_risk, { 'leadership.closing': 'x' })).toBe(FORMS.high_risk);
  });

  it('are refused if they are empty, too long, or not read by any form', () => {
    expect(textFaults({ 'sp_feedback.closing': 'x'.repeat(TEXT_MAX) })).toEqual([]);
    expect(textFaults({ 'sp_feedback.closing': 'x'.repeat(TEXT_MAX + 1) })).toHaveLength(1);
    expect(textFaults({ 'sp_feedback.closing': ' ' })).toHaveLength(1);
    expect(textFaults({ nothing: 'x' })).toHaveLength(1);
  });
});
