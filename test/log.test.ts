import { connect } from '../src/db/connection';
import { makeLog } from '../src/log';
import { freshDatabase } from './support/engine';

const config = {
  botToken: 'xoxb-111-222-secretbot',
  appToken: 'xapp-1-A1-333-secretapp',
  signingSecret: 's1gn1ng-secret-of-the-app',
  mongodbUri: 'mongodb://warm:pa%24sword@db.example:27017/warmline',
  logLevel: 'info',
  nodeEnv: 'production',
  secrets: ['smtp-pass-of-the-app', 'whsec_of-the-crm'],
} as const;

/** The text that a logger writes while `use` runs. */
function written(
  settings: Parameters<typeof makeLog>[0],
  isTTY: boolean,
  use: (log: ReturnType<typeof makeLog>) => void,
) {
  const lines: string[] = [];
  use(makeLog(settings, { isTTY, write: (line: string) => lines.push(line) }));
  return lines.join('');
}

describe('the log', () => {
  it('is JSON in production, even in a terminal', () => {
    const line = written(config, true, (log) => log.info({ ref: 'SPF-000001' }, 'filed'));
    expect(JSON.parse(line)).toMatchObject({ level: 30, ref: 'SPF-000001', msg: 'filed' });
  });

  it('is readable in a terminal, and JSON when piped', () => {
    const development = { ...config, nodeEnv: 'development' } as const;
    const shown = written(development, true, (log) => log.warn('look here'));
    expect(shown).toContain('WARN');
    expect(shown).toContain('look here');
    expect(shown).not.toContain('{');
    expect(JSON.parse(written(development, false, (log) => log.info('piped')))).toMatchObject({ msg: 'piped' });
  });

  it('respects its level', () => {
    expect(written({ ...config, logLevel: 'error' }, false, (log) => log.warn('too quiet'))).toBe('');
  });

  const secrets = [
    'secretbot',
    'secretapp',
    config.signingSecret,
    'pa%24sword',
    'pa$sword',
    'other-workspace',
    'hunter',
    ...config.secrets,
  ];
  const leaks: [string, (log: ReturnType<typeof makeLog>) => void][] = [
    [
      'named fields',
      (log) => log.info({ token: 'plain', botToken: 'plain', headers: { authorization: 'Bearer plain' } }, 'x'),
    ],
    ['messages', (log) => log.info(`using ${config.botToken} and ${config.appToken} with ${config.signingSecret}`)],
    ['secrets of mail and webhooks', (log) => log.info(config.secrets.join(' and '))],
    ['formatted arguments', (log) => log.info('connecting to %s', config.mongodbUri)],
    [
      'errors and their causes',
      (log) => log.error(new Error(config.mongodbUri, { cause: new Error(config.botToken) })),
    ],
    ['nested objects', (log) => log.info({ a: { b: { c: { d: [config.signingSecret, { e: config.appToken }] } } } })],
    ['a password out of its address', (log) => log.info('pa$sword was refused')],
    [
      'tokens of others',
      (log) => log.info({ x: 'xoxp-9-other-workspace', y: 'xoxe.xoxp-1-other-workspace', z: 'xapp-other-workspace' }),
    ],
    ['other databases', (log) => log.info('mongodb+srv://someone:hunter@elsewhere/db')],
    ['child loggers', (log) => log.child({ secret: config.botToken }).info(config.appToken)],
  ];
  it.each(leaks)('blanks secrets in %s', (_, use) => {
    for (const [nodeEnv, isTTY] of [
      ['production', false],
      ['development', true],
    ] as const) {
      const text = written({ ...config, nodeEnv }, isTTY, use);
      expect(text).toContain('[redacted]');
      for (const secret of [...secrets, 'plain']) expect(text).not.toContain(secret);
    }
  });

  it("has an error's message, stack and codes, and those of its causes, and no document that it carries", async () => {
    const database = await freshDatabase();
    const connection = await connect(database.uri, makeLog({ ...config, logLevel: 'silent' }));
    const document = { _id: 'V1', answers: { details: 'Zebulon called' } } as never;
    const bulk = await connection
      .collection('cases')
      .insertMany([document, document], { ordered: false })
      .catch((error: unknown) => error);
    await connection.close();
    await database.drop();
    const slack = Object.assign(new Error('An API error occurred: missing_scope'), {
      code: 'slack_webapi_platform_error',
      data: { ok: false, error: 'missing_scope', needed: 'files:read', message: { text: 'Zebulon called' } },
    });
    const several = Object.assign(new Error('Several failed', { cause: bulk }), { originals: [bulk, slack] });
    const line = written(config, false, (log) => {
      for (const err of [bulk, slack, several]) log.error({ err }, 'failed');
    });
    expect(line).not.toContain('Zebulon');
    const [first, second, third] = line
      .trim()
      .split('\n')
      .map((one) => JSON.parse(one).err);
    expect(first).toMatchObject({
      type: 'MongoBulkWriteError',
      code: 11000,
      message: expect.stringContaining('E11000'),
    });
    expect(first.stack).toContain('insertMany');
    expect(second).toMatchObject({ code: 'slack_webapi_platform_error', data: { needed: 'files:read' } });
    expect(third.originals).toMatchObject([{ code: 11000 }, { data: { error: 'missing_scope' } }]);
    expect(third.stack).toContain('caused by: MongoBulkWriteError');
  });

  it('keeps the rest of the line, so that a machine can still parse it', () => {
    const line = written(config, false, (log) => log.info({ uri: config.mongodbUri, after: 'kept' }, 'connecting'));
    expect(JSON.parse(line)).toMatchObject({ uri: 'mongodb://[redacted]@db.example:27017/warmline', after: 'kept' });
  });
});
