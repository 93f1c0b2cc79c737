import { validateView } from '../../../sandbox/block-kit';
import { filedModal } from '../../../src/blocks/forms/filed';
import { FORMS } from '../../../src/domain/forms';
import { CASE_KINDS } from '../../../src/domain/kinds';
import { clockOf, filedCase, MONDAY } from '../../support/cases';

const clock = clockOf('acknowledge', MONDAY);
const facts = { ...filedCase().facts, clocks: clock ? [clock] : [] };
const text = (view: unknown) => JSON.stringify(view);

describe('what the agent sees after submitting', () => {
  it('says who has it, by when they answer, and what to tell the customer', () => {
    const view = filedModal(facts);
    expect(validateView(view, 'modal')).toMatchObject({ ok: true });
    expect(text(view)).toContain('SPF-000001');
    expect(text(view)).toContain('Answer due by: ');
    expect(text(view)).toContain('You can tell the customer:');
    expect(text(view)).toMatch(/they will look at it by "},\{"type":"date","timestamp":\d+/);
  });

  it('claims nothing of a manager who does not have it yet, and gives nothing to say where nobody listens', () => {
    const unrouted = text(filedModal({ ...facts, owner: null, unrouted: 'SP account ACC9 is not in the directory.' }));
    expect(unrouted).toContain('the right person gets it');
    expect(unrouted).not.toContain('with the manager');
    const internal = text(filedModal({ ...facts, answers: { ...facts.answers, reason: 'internal_feedback' } }));
    expect(internal).toContain('This is internal');
    expect(internal).not.toContain('You can tell');
  });

  it.each(CASE_KINDS.filter((kind) => FORMS[kind].closing))('shows the closing text of %s to read out', (kind) => {
    const view = filedModal({ ...facts, kind });
    expect(validateView(view, 'modal')).toMatchObject({ ok: true });
    expect(text(view)).toContain(FORMS[kind].closing);
  });

  it('speaks to the SP after a provider report', () => {
    expect(text(filedModal({ ...facts, kind: 'provider_report' }))).toContain('You can tell the SP:');
  });
});
