import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { mongo } from 'mongoose';
import pino from 'pino';
import { caseStore } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import { laneLeases } from '../../src/db/lanes';
import { slackSender } from '../../src/delivery/targets/slack/sender';
import { slackPersonTarget } from '../../src/delivery/targets/slack-person';
import { createDelivery } from '../../src/delivery/worker';
import { queueOf } from '../../src/domain/lane-queue';
import type { Delivery } from '../../src/domain/mailbox';
import { slackLane } from '../../src/domain/targets';
import { MONDAY, storedCase } from '../support/cases';
import { PLAIN_DELIVERY } from '../support/delivery';
import { freshDatabase } from '../support/engine';

const log = pino({ level: 'silent' });
const LANE = slackLane('C0WEST');
const INTERVAL_MS = 300;
const MESSAGES = 4;

it('a message that waits for its place in the rhythm is read and drawn once, when it goes out', async () => {
  const database = await freshDatabase();
  const uri = new URL(database.uri);
  uri.searchParams.set('monitorCommands', 'true');
  const connection = await connect(uri.href, log);
  const cases = caseStore(connection);
  const dm = (i: number): Delivery => ({
    id: `m${i}`,
    to: { channel: LANE },
    content: { type: 'dm', seq: 1 },
    lane: LANE,
    at: MONDAY,
    dead: null,
  });
  const outbox = Array.from({ length: MESSAGES }, (_, i) => dm(i));
  await cases.insert({ ...storedCase('V1'), posts: [], outbox });

  const asked: string[] = [];
  const slack = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('content-type', 'application/json');
    request
      .resume()
      .on('end', () => response.end(JSON.stringify({ ok: true, channel: LANE, ts: `${asked.length}.1` })));
  });
  await once(slack.listen(0, '127.0.0.1'), 'listening');
  const slackApiUrl = `http://127.0.0.1:${(slack.address() as AddressInfo).port}/api/`;
  const patience = { waits: { firstMs: 60_000, longestMs: 60_000 }, forMs: null };
  let drawn = 0;
  const target = slackPersonTarget({
    sender: slackSender('xoxb-test', { slackApiUrl }, () => undefined),
    render: async (parcels) => {
      drawn++;
      const message = { text: 'Hello', blocks: [] };
      return { parcels, rendered: { is: 'post', channel: LANE, threadTs: null, message } };
    },
    patience: { slack: patience, outside: patience },
    postIntervalMs: INTERVAL_MS,
  });
  const reads: string[] = [];
  connection.getClient().on('commandStarted', ({ commandName, command }: mongo.CommandStartedEvent) => {
    if (commandName === 'find' && command.find === 'cases' && command.limit === 1)
      reads.push(String(command.filter._id));
  });
  const delivery = createDelivery({
    cases,
    leases: laneLeases(connection, 'one', 60_000),
    targetFor: () => target,
    log,
    ...PLAIN_DELIVERY,
  });
  delivery.kick([queueOf(dm(0))]);
  await delivery.idle();
  await delivery.stop();
  const read = reads.length;
  const left = (await cases.byId('V1'))?.outbox;
  slack.close();
  await connection.close();
  await database.drop();
  expect(left).toEqual([]);
  expect(asked).toHaveLength(MESSAGES);
  // The first is read with what waits.
  expect([drawn, read]).toEqual([MESSAGES, MESSAGES - 1]);
});

it('what one case owes at once costs one look, one mark and one return of its queues, whoever it is for', async () => {
  const database = await freshDatabase();
  const uri = new URL(database.uri);
  uri.searchParams.set('monitorCommands', 'true');
  const connection = await connect(uri.href, log);
  const cases = caseStore(connection);
  const dm = (id: string, lane: string): Delivery => ({
    id,
    to: { channel: lane },
    content: { type: 'dm', seq: 1 },
    lane: slackLane(lane),
    at: MONDAY,
    dead: null,
  });
  const outbox = [dm('first', 'C0WEST'), dm('second', 'C0WEST'), dm('third', 'U0DANA')];
  await cases.insert({ ...storedCase('V2'), posts: [], outbox });
  await cases.waitingOfOne(queueOf(outbox[0] as Delivery), MONDAY); // how cases are asked for is looked up once
  const slack = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    request.resume().on('end', () => response.end(JSON.stringify({ ok: true, channel: 'C0WEST', ts: '1.1' })));
  });
  await once(slack.listen(0, '127.0.0.1'), 'listening');
  const slackApiUrl = `http://127.0.0.1:${(slack.address() as AddressInfo).port}/api/`;
  const patience = { waits: { firstMs: 60_000, longestMs: 60_000 }, forMs: null };
  const target = slackPersonTarget({
    sender: slackSender('xoxb-test', { slackApiUrl }, () => undefined),
    render: async (parcels) => ({
      parcels,
      rendered: { is: 'post', channel: 'C0WEST', threadTs: null, message: { text: 'Hello', blocks: [] } },
    }),
    patience: { slack: patience, outside: patience },
    postIntervalMs: 0,
  });
  const delivery = createDelivery({
    cases,
    leases: laneLeases(connection, 'one', 60_000),
    targetFor: () => target,
    log,
    ...PLAIN_DELIVERY,
  });
  const commands: string[] = [];
  connection.getClient().on('commandStarted', ({ commandName, command }: mongo.CommandStartedEvent) => {
    commands.push(`${command[commandName]}.${commandName}`);
  });
  delivery.kick([...new Set(outbox.map(queueOf))]);
  await delivery.idle();
  await delivery.stop();
  const left = (await cases.byId('V2'))?.outbox;
  slack.close();
  await connection.close();
  await database.drop();
  expect(left).toEqual([]);
  expect(commands.slice(0, -1)).toEqual([
    'lanes.findAndModify',
    'lanes.findAndModify',
    'cases.find',
    'cases.update',
    'lanes.update',
  ]);
});
