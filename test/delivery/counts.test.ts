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
const INTERVAL_MS = 300;
const MESSAGES = 4;

const dm = (id: string, channel: string): Delivery => ({
  id,
  to: { channel },
  content: { type: 'dm', seq: 1 },
  lane: slackLane(channel),
  at: MONDAY,
  dead: null,
});

/** Sends one case's messages, to a Slack that accepts everything; returns the database commands. */
async function delivered(outbox: readonly Delivery[], postIntervalMs: number) {
  const database = await freshDatabase();
  const uri = new URL(database.uri);
  uri.searchParams.set('monitorCommands', 'true');
  const connection = await connect(uri.href, log);
  const cases = caseStore(connection);
  await cases.insert({ ...storedCase('V1'), posts: [], outbox });
  const queues = [...new Set(outbox.map(queueOf))];
  for (const queue of queues.slice(0, 1)) await cases.waitingOfOne(queue, MONDAY); // how cases are queried is looked up once

  let [posted, drawn] = [0, 0];
  const slack = createServer((request, response) => {
    posted++;
    response.setHeader('content-type', 'application/json');
    const answer = { ok: true, channel: 'C0WEST', ts: `${posted}.1` };
    request.resume().on('end', () => response.end(JSON.stringify(answer)));
  });
  await once(slack.listen(0, '127.0.0.1'), 'listening');
  const slackApiUrl = `http://127.0.0.1:${(slack.address() as AddressInfo).port}/api/`;
  const patience = { waits: { firstMs: 60_000, longestMs: 60_000 }, forMs: null };
  const target = slackPersonTarget({
    sender: slackSender('xoxb-test', { slackApiUrl }, () => undefined),
    render: async (parcels) => {
      drawn++;
      const message = { text: 'Hello', blocks: [] };
      return { parcels, rendered: { is: 'post', channel: 'C0WEST', threadTs: null, message } };
    },
    patience: { slack: patience, outside: patience },
    postIntervalMs,
  });
  const delivery = createDelivery({
    cases,
    leases: laneLeases(connection, 'one', 60_000),
    targetFor: () => target,
    log,
    ...PLAIN_DELIVERY,
  });
  const commands: mongo.Document[] = [];
  connection.getClient().on('commandStarted', ({ command }: mongo.CommandStartedEvent) => commands.push(command));
  delivery.kick(queues);
  await delivery.idle();
  await delivery.stop();
  const asked = [...commands];
  const left = (await cases.byId('V1'))?.outbox;
  slack.close();
  await connection.close();
  await database.drop();
  return { posted, drawn, asked, left };
}

it('a message that waits for its slot is read and rendered once, when it goes out', async () => {
  const outbox = Array.from({ length: MESSAGES }, (_, i) => dm(`m${i}`, 'C0WEST'));
  const { posted, drawn, asked, left } = await delivered(outbox, INTERVAL_MS);
  expect(left).toEqual([]);
  expect(posted).toBe(MESSAGES);
  const reads = asked.filter(({ find, limit }) => find === 'cases' && limit === 1);
  // The first is read with what waits.
  expect([drawn, reads.length]).toEqual([MESSAGES, MESSAGES - 1]);
});

it("one case's messages cost one look, one mark and one return of their queues, whoever they are for", async () => {
  const outbox = [dm('first', 'C0WEST'), dm('second', 'C0WEST'), dm('third', 'U0DANA')];
  const { asked, left } = await delivered(outbox, 0);
  expect(left).toEqual([]);
  expect(asked.map((command) => `${Object.values(command)[0]}.${Object.keys(command)[0]}`)).toEqual([
    'lanes.findAndModify',
    'lanes.findAndModify',
    'cases.find',
    'cases.update',
    'lanes.update',
  ]);
});
