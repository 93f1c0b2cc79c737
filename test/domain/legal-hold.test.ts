import { holdReason } from '../../src/domain/legal-hold';
import type { Move } from '../../src/domain/moves/declared';
import { filedCase, later, MONDAY, minutes, moved } from '../support/cases';

const at = (count: number) => later(MONDAY, minutes(count));
const asked: Move = { type: 'resolve', outcome: 'referred_to_legal', text: '', detail: 'M-12' };
const settled: Move = { type: 'resolve', outcome: 'no_fault_found', text: '' };
const again: Move = { type: 'reopen', reason: 'There is more.' };

/** A case that two people referred to legal. */
const referred = () => {
  const waits = moved(filedCase().facts, asked, at(1)).facts;
  return moved(waits, { type: 'approve' }, at(2), { actor: 'U0TOM' }).facts;
};

it('a hold that an outcome placed outlasts that outcome: only two people lift it', () => {
  const reopened = moved(referred(), again, at(3)).facts;
  expect(holdReason(reopened)).toBe('It was referred to legal.');
  expect(reopened.legalHold).toMatchObject({ by: 'U0TOM', at: at(2), lifting: null });
  const { facts } = moved(reopened, settled, at(4));
  expect([facts.state, holdReason(facts)]).toEqual(['resolved', 'It was referred to legal.']);
  const voided = moved(reopened, { type: 'void', reason: 'By mistake.' }, at(4)).facts;
  expect(holdReason(voided)).toBe('It was referred to legal.');
});

it('a reopened case is on no hold because of any other outcome', () => {
  const reopened = moved(moved(filedCase().facts, settled, at(1)).facts, again, at(2)).facts;
  expect(reopened.legalHold).toBeUndefined();
});

it('once two people lifted it, it stays lifted until an outcome calls for one again', () => {
  const lifts: Move = { type: 'lift_hold', reason: 'Settled.' };
  const waits = moved(referred(), lifts, at(3)).facts;
  const lifted = moved(waits, lifts, at(4), { actor: 'U0TOM' }).facts;
  expect(holdReason(lifted)).toBeNull();
  const open = moved(lifted, again, at(5)).facts;
  expect(holdReason(moved(open, settled, at(6)).facts)).toBeNull();
  const twice = moved(moved(open, asked, at(6)).facts, { type: 'approve' }, at(7), { actor: 'U0TOM' }).facts;
  expect(holdReason(twice)).toBe('It was referred to legal.');
});
