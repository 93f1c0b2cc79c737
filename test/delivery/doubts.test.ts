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
import { freshDatabase } from '../support/engine';

const log = pino({ level: 'silent' });

it('what may have arrived stays in doubt for whoever holds the lane next, though the store fails in between', async () => {
  const database = await freshDatabase();
  const connection = await connect(database.uri, log);
  const cases = caseStore(connection);
  const leases = laneLeases(connection, 'one', 60_000);
  await leases.claim('C0WEST');
  const state = { orphaned: false, troubles: [], restMs: 0, blocked: null };
  await leases.release('C0WEST', { ...state, suspects: ['SPF-000001:card:main'] });

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
  let looked = 0;
  const delivery = createDelivery({
    cases: {
      ...cases,
      waiting: async () => {
        looked++;
        throw new Error('the store is out of reach');
      },
    },
    leases: laneLeases(connection, 'two', 60_000),
    targetFor: () => target,
    log,
    now: () => new Date(),
    lastResorts: [],
    onGivenUp: () => undefined,
    repairMs: 60_000,
    heartbeatMs: 60_000,
  });
  delivery.kick(['C0WEST']);
  await delivery.idle();
  await delivery.stop();
  expect(looked).toBe(1);
  expect(await leases.claim('C0WEST')).toMatchObject({ suspects: ['SPF-000001:card:main'] });
  slack.close();
  await connection.close();
  await database.drop();
});
