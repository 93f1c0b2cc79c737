import { Troubles } from '../../src/delivery/troubles';
import { storedQueue } from '../../src/domain/lane-queue';

const HOUR = 60 * 60_000;
const DAY = { waits: { firstMs: 1, longestMs: 1 }, forMs: 24 * HOUR };
const at = (hours: number) => new Date(hours * HOUR);
const one = (id: string, since = 0) => ({
  queue: storedQueue('webhook:crm'),
  id,
  at: at(since),
  service: 'webhook:crm',
});

it('what is queued behind a failing service has waited as long as the outage, and no longer than it exists', () => {
  const troubles = new Troubles();
  expect(troubles.failed(one('first'), false, DAY, at(0))).toBe('wait');
  expect(troubles.failed(one('first'), false, DAY, at(23))).toBe('wait');
  expect(troubles.failed(one('first'), false, DAY, at(24))).toBe('give_up');
  expect(troubles.failed(one('behind'), false, DAY, at(24))).toBe('give_up');
  expect(troubles.failed(one('young', 20), false, DAY, at(24))).toBe('wait');
  troubles.sent('webhook:crm', 'other');
  expect(troubles.failed(one('after'), false, DAY, at(30))).toBe('wait');
});

it("the day continues for the lane's next holder", () => {
  const before = new Troubles();
  before.failed(one('first'), true, DAY, at(0));
  const after = new Troubles();
  after.take(storedQueue('webhook:crm'), 'webhook:crm', before.of(storedQueue('webhook:crm')));
  expect(after.failed(one('first'), true, DAY, at(25))).toBe('give_up');
});

it('messages sent by another service put no blame on a message', () => {
  const troubles = new Troubles();
  const slack = { waits: DAY.waits, forMs: null };
  const card = { queue: storedQueue('C1'), id: 'card', at: at(0), service: 'slack' };
  for (let tries = 0; tries < 30; tries++) {
    troubles.sent('email', `mail ${tries}`);
    expect(troubles.failed(card, false, slack, at(0))).not.toBe('give_up');
  }
  const verdicts = Array.from({ length: 30 }, (_, i) => {
    troubles.sent('slack', `other ${i}`);
    return troubles.failed(card, false, slack, at(0));
  });
  expect(verdicts).toContain('give_up');
});
