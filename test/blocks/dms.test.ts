import { eventDm } from '../../src/blocks/dms';
import type { CaseFacts } from '../../src/domain/case';
import { filedCase, later, MONDAY, minutes, moved } from '../support/cases';

it('a message that Slack takes late offers only what the case still allows', () => {
  const resolved = moved(filedCase().facts, { type: 'resolve', outcome: 'no_fault_found', text: '' }, MONDAY);
  const [event] = resolved.events;
  if (!event) throw new Error('It was not resolved.');
  const reader = { to: 'U0AMIRA', acts: false, isOutside: false };
  const shown = (facts: CaseFacts) => JSON.stringify(eventDm(facts, event, null, reader)?.blocks);
  expect(shown(resolved.facts)).toContain('"case:dispute"');
  const open = moved(resolved.facts, { type: 'reopen', reason: 'Again.' }, later(MONDAY, minutes(5)));
  expect(shown(open.facts)).not.toContain('"case:dispute"');
});
