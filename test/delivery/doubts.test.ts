import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { caseStore } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import { laneLeases } from '../../src/db/lanes';
import { slackSender } from '../../src/delivery/targets/slack/sender';
import { slackPersonTarget } from '../../src/delivery/targets/slack-person';
import { createDelivery } from '../../src/delivery/worker';
import { storedQueue } from '../../src/domain/lane-queue';
import type { CaseStore } from '../../src/services/ports/cases';
import { PLAIN_DELIVERY } from '../support/delivery';
import { freshDatabase } from '../support/engine';

const log = pino({ level: 'silent' });

const LANE = storedQueue('C0WEST');
const SUSPECT = 'SPF-000001:card:main';

/** What is in doubt after an instance took over a lane in this state, and looked at what waits. */
async function doubtsAfter(left: { orphaned: boolean; suspects: string[] }, waiting: CaseStore['waiting']) {
  const database = await freshDatabase();
  const connection = await connect(database.uri, log);
  const cases = caseStore(connection);
  const leases = laneLeases(connection, 'one', 60_000);
  await leases.claim(LANE);
  await leases.release(LANE, { troubles: [], restMs: 0, blocked: null, ...left });

  const slack = createServer((_request, response) => response.destroy());
  await once(slack.listen(0, '127.0.0.1'), 'listening');
  const slackApiUrl = `http://127.0.0.1:${(slack.address() as AddressInfo).port}/api/`;
  const patient = { waits: { firstMs: 60_000, longestMs: 60_000 }, forMs: null };
  const target = slackPersonTarget({
    sender: slackSender('xoxb-test', { slackApiUrl }, () => undefined),
    render: async () => null,
    patience: { slack: patient, outside: patient },
    postIntervalMs: 0,
  });
  const delivery = createDelivery({
    cases: { ...cases, waiting },
    leases: laneLeases(connection, 'two', 60_000),
    targetFor: () => target,
    log,
    ...PLAIN_DELIVERY,
  });
  delivery.kick([LANE]);
  await delivery.idle();
  await delivery.stop();
  const lease = await leases.claim(LANE);
  slack.close();
  await connection.close();
  await database.drop();
  return lease?.suspects;
}

it("what may have arrived stays in doubt for the lane's next holder, even if the store fails in between", async () => {
  let looked = 0;
  const left = { orphaned: false, suspects: [SUSPECT] };
  const doubts = await doubtsAfter(left, async () => {
    looked++;
    throw new Error('the store is out of reach');
  });
  expect([looked, doubts]).toEqual([1, [SUSPECT]]);
});

it('what a dead instance may have sent stays in doubt if its successor’s clock is behind, so that it is not due there yet', async () => {
  const at = new Date(Date.now() + 10 * 60_000);
  const owed = { caseId: 'V1', deliveryId: SUSPECT, isNudge: false, isPost: true, card: null, at };
  const isDue = (now: Date) => (at <= now ? [owed] : []);
  expect(await doubtsAfter({ orphaned: true, suspects: [] }, async (_lane, _most, now) => isDue(now))).toEqual([
    SUSPECT,
  ]);
});
