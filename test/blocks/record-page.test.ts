import { recordPage } from '../../src/blocks/record/page';
import { filedCase } from '../support/cases';

it("tells every time on the clock of the case's area", () => {
  const { facts } = filedCase();
  const page = recordPage({
    facts: { ...facts, kind: 'leadership', answers: { path: 'waits', callback_at: '2026-12-01T17:30:00.000Z' } },
    events: [],
    catalogue: {},
    names: new Map(),
    timeZone: 'America/Los_Angeles',
    madeAt: new Date('2026-12-02T17:30:00Z'),
    madeBy: 'U0ADA',
  });
  expect(page).toContain('<th>Promised callback time</th><td>Dec 1, 2026 at 9:30:00 AM PST</td>');
});
