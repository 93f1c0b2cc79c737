import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { App, LogLevel, type webApi } from '@slack/bolt';
import { stringify } from 'csv-stringify';
import { mongo } from 'mongoose';
import { STARTER_CATALOGUE } from '../../src/domain/catalogue';
import { answerSuite } from './app-protocol';

const input = (id: string, label: string, element: object) => ({
  type: 'input' as const,
  block_id: id,
  label: { type: 'plain_text' as const, text: label },
  element: { action_id: 'answer', ...element } as never,
});
const option = (text: string) => ({ text: { type: 'plain_text', text }, value: text });
const REASONS = [
  'Recall Reassignment: Account Inactive',
  'SP Feedback from Customer: Positive',
  'SP Feedback from Customer: Negative',
  'SP Internal Feedback',
];

const form = (account: string, sj: string): webApi.ViewsOpenArguments['view'] => ({
  type: 'modal',
  callback_id: 'feedback',
  title: { type: 'plain_text', text: 'SP feedback' },
  submit: { type: 'plain_text', text: 'Submit' },
  blocks: [
    input('sp_account', 'SP Account Number', { type: 'plain_text_input', initial_value: account }),
    input('sj', 'SJ Number', { type: 'plain_text_input', initial_value: sj }),
    input('reason', 'Reason For Feedback', { type: 'radio_buttons', options: REASONS.map(option) }),
    input('negatives', 'Negative Customer Feedback', {
      type: 'multi_static_select',
      options: STARTER_CATALOGUE.negative_customer.map(({ label }) => option(label)),
    }),
    input('details', "Details of Customer's Experience with SP", { type: 'plain_text_input', multiline: true }),
  ],
});

/** The least that Bolt can do: open a form in one call, store a submission in one write, acknowledge. */
async function main(): Promise<void> {
  const { SLACK_BOT_TOKEN: token = '', SLACK_APP_TOKEN: appToken = '', SLACK_API_URL: slackApiUrl = '' } = process.env;
  const database = await mongo.MongoClient.connect(process.env.MONGODB_URI ?? '', { writeConcern: { w: 'majority' } });
  const submissions = database.db().collection('submissions');
  const app = new App({ token, appToken, socketMode: true, logLevel: LogLevel.ERROR, clientOptions: { slackApiUrl } });

  app.command('/sp-feedback', async ({ ack, command, client }) => {
    await ack();
    const [account = '', sj = ''] = command.text.split(' ');
    await client.views.open({ trigger_id: command.trigger_id, view: form(account, sj) });
  });
  app.view('feedback', async ({ ack, body, view }) => {
    await submissions.insertOne({ reporter: body.user.id, values: view.state.values, filedAt: new Date() });
    await ack();
  });

  await app.start();
  answerSuite(async (message) => {
    if (message.ask === 'post')
      await Promise.all(
        message.channels.map((channel) => post(app.client, channel, message.count, message.intervalMs)),
      );
    if (message.ask === 'export') await exportAll(database.db());
    if (message.ask === 'stop') {
      await app.stop();
      await database.close();
    }
    return undefined;
  });
}

/** Posts by the clock: the nth message leaves n intervals after the first, or as soon as the previous one is done. */
async function post(client: webApi.WebClient, channel: string, count: number, intervalMs: number): Promise<void> {
  const startedAt = performance.now();
  for (let index = 0; index < count; index += 1) {
    const early = startedAt + index * intervalMs - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    await client.chat.postMessage({ channel, text: `message ${index}` });
  }
}

/** A cursor, csv-stringify, and a file. */
async function exportAll(database: mongo.Db): Promise<void> {
  const path = join(tmpdir(), `bench-${randomUUID()}.csv`);
  const cursor = database
    .collection('cases')
    .find({}, { projection: { events: 0, outbox: 0, words: 0 }, batchSize: 500 })
    .sort({ filedAt: -1, _id: -1 });
  async function* rows() {
    for await (const { ref, kind, state, title, sj, owner, filedAt } of cursor)
      yield [ref, kind, state, title, sj, owner, filedAt];
  }
  await pipeline(Readable.from(rows()), stringify(), createWriteStream(path));
  await rm(path);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
