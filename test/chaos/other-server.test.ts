import pino from 'pino';
import { createApp, type WarmlineApp } from '../../src/app';
import type { Config } from '../../src/config';
import { connect } from '../../src/db/connection';
import { directoryStore } from '../../src/db/directory';
import { freshDatabase } from '../support/engine';
import { PROVIDERS } from '../support/organization';
import { OtherSlack } from '../support/other-slack';

const WEST = {
  name: 'West',
  timeZone: 'America/Los_Angeles',
  channel: 'C0WEST',
  areaManager: 'U0DANA',
  deputy: null,
  manager: null,
  fallbackChannel: 'C0FALL',
};
const AGENT = 'U0AMIRA';

describe.each(['socket', 'http'] as const)('on a server that knows six methods, by %s', (mode) => {
  let slack: OtherSlack;
  let app: WarmlineApp;
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  const warnings: { method?: string; msg: string }[] = [];

  beforeAll(async () => {
    database = await freshDatabase();
    slack = await OtherSlack.start();
    slack.lackingIs = mode === 'http' ? '404' : 'unknown_method';
    const log = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(JSON.parse(line)) });
    const connection = await connect(database.uri, log);
    const directory = directoryStore(connection, { now: () => new Date() });
    await directory.saveAreas([WEST]);
    await directory.saveProviders(PROVIDERS);
    await connection.close();

    const common = {
      botToken: slack.credentials.bot,
      slackApiUrl: slack.apiUrl,
      mongodbUri: database.uri,
      adminUsers: ['U0ADA'],
      logLevel: 'warn' as const,
      nodeEnv: 'test' as const,
      secrets: [],
      calendarsAllowPrivate: false,
      targetsOff: ['email'],
      mail: null,
      webhooks: { secrets: new Map(), allowPrivate: false },
    };
    const config: Config =
      mode === 'socket'
        ? { ...common, mode, appToken: slack.credentials.app, port: null }
        : { ...common, mode, signingSecret: slack.credentials.signingSecret, port: 0 };
    app = await createApp({ config, log, timing: { postIntervalMs: 0 } });
    await app.start();
    if (mode === 'http') slack.appUrl = `http://127.0.0.1:${app.port()}/slack/events`;
  });
  afterAll(async () => {
    await app.stop();
    await slack.stop();
    await database.drop();
  });

  const inChannel = (channel: string) => slack.messages.filter((message) => message.channel === channel);

  it('feedback is filed, posted, acknowledged and reported to the agent; what the server lacks is a warning', async () => {
    await slack.command(AGENT, '/sp-feedback ACC100 556677');
    const opened = await slack.view((words) => words.includes('Ace Plumbing'));
    const answers: Record<string, string> = { 'Reason For Feedback': 'Recall Reassignment: Account Inactive' };
    await slack.answer(AGENT, opened, answers, 'Reason For Feedback');
    const branched = await slack.view((words) => words.includes('To *<#C0WEST>*'));
    const filed = await slack.submit(AGENT, branched, answers);
    expect(filed).toEqual({});
    const answer = await slack.until(() => slack.answers.at(-1));
    expect(answer.text).toBe('SPF-000001 is filed (SJ 556677)');

    const card = await slack.until(() => inChannel('C0WEST')[0]);
    expect(card.text).toContain('SJ 556677');
    await slack.press('U0DANA', card, 'Acknowledge');

    const told = await slack.until(() => inChannel(AGENT)[0]);
    expect(told.text).toContain('acknowledged');
    await slack.until(() => (card.text.includes('acknowledged') ? card : undefined));
    await app.delivered();
    const lines = inChannel('C0WEST').filter((message) => message.thread_ts === card.ts);
    expect(lines.map(({ text }) => text)).toEqual([expect.stringContaining('acknowledged')]);
    expect(inChannel('C0WEST')).toHaveLength(2);

    expect([...slack.lacking].sort()).toEqual(['chat.postEphemeral', 'conversations.open', 'users.info']);
    // Ephemeral messages have an alternative, and need no warning.
    for (const method of [...slack.lacking].filter((one) => one !== 'chat.postEphemeral'))
      expect(warnings).toContainEqual(
        expect.objectContaining({
          method: expect.stringContaining(method),
          msg: expect.stringContaining('lacks a method'),
        }),
      );
  });
});
