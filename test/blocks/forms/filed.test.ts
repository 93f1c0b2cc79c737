import { validateMessage } from '../../../sandbox/block-kit';
import { letterMessage } from '../../../src/blocks/digests/letter';
import { filedMessage } from '../../../src/blocks/forms/filed';
import type { CaseFacts } from '../../../src/domain/case';
import { type FiledAround, filedNotice } from '../../../src/domain/filed';
import { FORMS } from '../../../src/domain/forms';
import { CASE_KINDS } from '../../../src/domain/kinds';
import { clockOf, filedCase, MONDAY } from '../../support/cases';

const clock = clockOf('acknowledge', MONDAY);
const facts = { ...filedCase().facts, id: 'V0CASE', clocks: clock ? [clock] : [] };
const CARD = 'https://acme.slack.com/archives/C0WEST/p1700000000000100';

const drawn = (changes: Partial<CaseFacts> = {}, around: FiledAround = {}, card: string | null = null) => {
  const message = filedMessage(filedNotice({ ...facts, ...changes }, around), card);
  expect(validateMessage(message)).toMatchObject({ ok: true });
  return JSON.stringify(message);
};

describe('what the agent is told about a filed report', () => {
  it('says who has it, when they answer, and what to tell the customer', () => {
    const said = drawn();
    expect(said).toContain('SPF-000001');
    expect(said).toContain('Answer due by: ');
    expect(said).toContain('You can tell the customer:');
    expect(said).toContain('they will look at it by ');
  });

  it('claims nothing about a manager who does not have it yet, and has nothing to say if no one listens', () => {
    const unrouted = drawn({ owner: null, unrouted: 'SP account ACC9 is not in the directory.' });
    expect(unrouted).toContain('the right person gets it');
    expect(unrouted).not.toContain('with the manager');
    const internal = drawn({ answers: { ...facts.answers, reason: 'internal_feedback' } });
    expect(internal).toContain('This is internal');
    expect(internal).not.toContain('You can tell');
  });

  it('links to the card once there is one', () => {
    expect(drawn()).not.toContain('"type":"link"');
    expect(drawn({}, {}, CARD)).toContain(`{"type":"link","url":"${CARD}","text":"SPF-000001"`);
  });

  it.each(CASE_KINDS.filter((kind) => FORMS[kind].closing))('has the closing text of %s to read out', (kind) => {
    expect(drawn({ kind })).toContain(FORMS[kind].closing);
  });

  it('speaks to the SP after a provider report', () => {
    expect(drawn({ kind: 'provider_report' })).toContain('You can tell the SP:');
  });

  it('says what was masked, why it is unrouted, that it was filed before, and where to continue', () => {
    const said = drawn({ unrouted: 'SP X is not in the directory.' }, { masked: ['card'], goesOn: 'high_risk' });
    expect(said).toContain('A card number was masked');
    expect(said).toContain('SP X is not in the directory. It was kept and sent to the unrouted queue.');
    expect(said).toContain('"value":"high_risk|V0CASE"');
    expect(drawn({}, { already: 'same' })).toContain('Already filed as ');
    expect(drawn({}, { already: 'corrected' })).toContain('Your changes are a note on it.');
  });

  it('says the same by letter if it could not be shown at once', async () => {
    const notice = filedNotice(facts);
    const letter = await letterMessage({ content: { type: 'filed', ...notice } }, async () => null);
    expect(letter).toEqual(filedMessage(notice, null));
  });
});
