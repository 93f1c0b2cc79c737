import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { readConfig, SETTING_NAMES } from '../src/config';

const socket = {
  SLACK_MODE: 'socket',
  SLACK_BOT_TOKEN: 'xoxb-1-abc',
  SLACK_APP_TOKEN: 'xapp-1-abc',
  MONGODB_URI: 'mongodb://localhost/warmline',
};
const http = {
  SLACK_MODE: 'http',
  SLACK_BOT_TOKEN: 'xoxb-1-abc',
  SLACK_SIGNING_SECRET: '0123456789abcdef',
  MONGODB_URI: 'mongodb+srv://cluster/warmline',
};
const faultsOf = (env: Record<string, string | undefined>) => {
  const read = readConfig(env);
  return read.ok ? [] : read.faults;
};

describe('configuration', () => {
  it('reads Socket Mode with its defaults', () => {
    expect(readConfig(socket)).toEqual({
      ok: true,
      config: {
        mode: 'socket',
        botToken: 'xoxb-1-abc',
        appToken: 'xapp-1-abc',
        port: null,
        slackApiUrl: 'https://slack.com/api/',
        mongodbUri: 'mongodb://localhost/warmline',
        adminUsers: [],
        logLevel: 'info',
        nodeEnv: 'development',
        secrets: [],
        calendarsAllowPrivate: false,
        targetsOff: ['email'],
        mail: null,
        webhooks: { secrets: new Map(), allowPrivate: false },
      },
    });
  });

  it('reads the mail server if there is one, encrypted by default, and reports faults without values', () => {
    const mail = { ...socket, SMTP_HOST: 'smtp.example.com', MAIL_FROM: 'warmline@example.com', SMTP_PASSWORD: 'hush' };
    expect(readConfig(mail)).toMatchObject({
      config: {
        mail: { host: 'smtp.example.com', port: 587, tls: 'starttls', from: 'warmline@example.com' },
        secrets: ['hush'],
        targetsOff: [],
      },
    });
    expect(readConfig({ ...mail, SMTP_TLS: 'tls' })).toMatchObject({ config: { mail: { port: 465 } } });
    const faults = faultsOf({ ...mail, SMTP_HOST: 'a b', SMTP_TLS: 'hush', MAIL_FROM: 'a@b\r\nBcc: c@d' });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual(['SMTP_HOST', 'SMTP_TLS', 'MAIL_FROM']);
    expect(faults.join()).not.toMatch(/hush|Bcc/);
  });

  it('refuses what would silently count as not set, or stop every mail', () => {
    const mail = { ...socket, SMTP_HOST: 'smtp.example.com', MAIL_FROM: 'warmline@example.com' };
    const wrong = { SMTP_USER: 'warmline', SMTP_CA_FILE: '/nowhere.pem', WEBHOOKS_ALLOW_PRIVATE: 'true' };
    expect(faultsOf({ ...mail, ...wrong, CALENDARS_ALLOW_PRIVATE: '1' })).toEqual([
      'CALENDARS_ALLOW_PRIVATE must be yes or no.',
      'SMTP_CA_FILE names a file that cannot be read (ENOENT): give the path of a PEM file.',
      'SMTP_PASSWORD is not set: SMTP_USER needs it.',
      'WEBHOOKS_ALLOW_PRIVATE must be yes or no.',
    ]);
    const allowed = readConfig({ ...socket, WEBHOOKS_ALLOW_PRIVATE: 'no', CALENDARS_ALLOW_PRIVATE: 'yes' });
    expect(allowed).toMatchObject({ config: { calendarsAllowPrivate: true, webhooks: { allowPrivate: false } } });
  });

  it('reads HTTP mode, by default with port 3000', () => {
    expect(readConfig(http)).toMatchObject({
      ok: true,
      config: { mode: 'http', port: 3000, signingSecret: '0123456789abcdef' },
    });
    expect(readConfig({ ...http, PORT: '8080' })).toMatchObject({ ok: true, config: { port: 8080 } });
  });

  it('accepts an optional port for health checks in Socket Mode', () => {
    expect(readConfig({ ...socket, PORT: '8081' })).toMatchObject({ ok: true, config: { port: 8081 } });
  });

  it('ends the API address with one slash', () => {
    for (const SLACK_API_URL of ['http://127.0.0.1:9/api', 'http://127.0.0.1:9/api/'])
      expect(readConfig({ ...socket, SLACK_API_URL })).toMatchObject({
        ok: true,
        config: { slackApiUrl: 'http://127.0.0.1:9/api/' },
      });
  });

  it('splits the admins and keeps each once', () => {
    expect(readConfig({ ...socket, ADMIN_USERS: 'U01AB, W02CD,U01AB' })).toMatchObject({
      ok: true,
      config: { adminUsers: ['U01AB', 'W02CD'] },
    });
  });

  it('treats an empty variable as not set', () => {
    expect(
      readConfig({ ...socket, PORT: '', SLACK_API_URL: ' ', ADMIN_USERS: '', LOG_LEVEL: '', NODE_ENV: '' }),
    ).toMatchObject({ ok: true });
    expect(faultsOf({ ...socket, SLACK_APP_TOKEN: '' })).toEqual([
      expect.stringContaining('SLACK_APP_TOKEN is not set'),
    ]);
  });

  it('reports all faults, each with the variable and what to do', () => {
    const faults = faultsOf({
      SLACK_MODE: 'http',
      SLACK_BOT_TOKEN: 'xapp-wrong-kind',
      SLACK_SIGNING_SECRET: 'short',
      PORT: '99999',
      SLACK_API_URL: 'ftp://slack.com',
      MONGODB_URI: 'localhost',
      ADMIN_USERS: 'U01,@olu',
      LOG_LEVEL: 'loud',
      NODE_ENV: 'staging',
    });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'SLACK_SIGNING_SECRET',
      'PORT',
      'SLACK_BOT_TOKEN',
      'SLACK_API_URL',
      'MONGODB_URI',
      'ADMIN_USERS',
      'LOG_LEVEL',
      'NODE_ENV',
    ]);
    for (const fault of faults) expect(fault).toMatch(/: .{10,}\.$/);
  });

  it('reports what is missing in an empty environment', () => {
    expect(faultsOf({})).toEqual([
      expect.stringMatching(/^SLACK_MODE .*socket/),
      expect.stringMatching(/^SLACK_BOT_TOKEN is not set: copy/),
      expect.stringMatching(/^MONGODB_URI is not set: give/),
    ]);
  });

  it.each(['3000.5', 'abc', '-1', '70000'])('refuses PORT=%s', (PORT) => {
    expect(faultsOf({ ...http, PORT })).toEqual([expect.stringMatching(/^PORT /)]);
  });

  it('finds exactly the existing settings in the example', () => {
    const example = readFileSync(join(__dirname, '../.env.example'), 'utf8');
    const shown = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
    const known = SETTING_NAMES.filter((name) => !/_FILE$/.test(name) || name === 'SMTP_CA_FILE');
    expect(shown.filter((name) => !name.startsWith('WEBHOOK_SECRET_')).sort()).toEqual([...known].sort());
    for (const name of SETTING_NAMES.filter((one) => !known.includes(one)))
      expect(example).toContain(name.replace(/_FILE$/, ''));
  });

  it('never repeats a value it refuses', () => {
    const value = fc.string({ minLength: 12 }).map((text) => `§${text.trim()}§ bad`);
    fc.assert(
      fc.property(value, (bad) => {
        const env = Object.fromEntries(
          [...Object.keys(http), 'SLACK_API_URL', 'ADMIN_USERS', 'PORT'].map((name) => [name, bad]),
        );
        for (const fault of [...faultsOf(env), ...faultsOf({ ...env, SLACK_MODE: 'http' })])
          expect(fault).not.toContain(bad);
      }),
    );
  });
});

describe('secrets in files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'warmline-secrets-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const without = (name: keyof typeof socket) => ({ ...socket, [name]: undefined });

  it('takes each from its file, without the line end', () => {
    const read = readConfig({
      SLACK_MODE: 'socket',
      SLACK_BOT_TOKEN_FILE: file('bot', 'xoxb-2-def\n'),
      SLACK_APP_TOKEN_FILE: file('app', 'xapp-2-def\r\n'),
      MONGODB_URI_FILE: file('uri', 'mongodb://other/warmline'),
      SMTP_HOST: 'smtp.example.com',
      MAIL_FROM: 'warmline@example.com',
      SMTP_PASSWORD_FILE: file('smtp', 'hush-hush\n'),
      WEBHOOK_SECRET_CRM_FILE: file('crm', 'whsec_abc\n'),
    });
    expect(read).toMatchObject({
      config: {
        botToken: 'xoxb-2-def',
        appToken: 'xapp-2-def',
        mongodbUri: 'mongodb://other/warmline',
        mail: { password: 'hush-hush' },
        secrets: ['hush-hush', 'whsec_abc'],
        webhooks: { secrets: new Map([['WEBHOOK_SECRET_CRM', 'whsec_abc']]) },
      },
    });
    expect(
      readConfig({ ...http, SLACK_SIGNING_SECRET: '', SLACK_SIGNING_SECRET_FILE: file('sign', '0123456789') }),
    ).toMatchObject({ config: { signingSecret: '0123456789' } });
  });

  it('reports a faulty file once, and never shows what is there instead of its path', () => {
    const faulty = { ...without('SLACK_BOT_TOKEN'), SLACK_BOT_TOKEN_FILE: 'xoxb-9-secret' };
    expect(faultsOf(faulty)).toEqual([
      'SLACK_BOT_TOKEN_FILE names a file that is not there: put SLACK_BOT_TOKEN alone into it, and its path here.',
    ]);
    expect(faultsOf({ ...without('MONGODB_URI'), MONGODB_URI_FILE: file('empty', ' \n') })).toEqual([
      expect.stringMatching(/^MONGODB_URI_FILE names a file that is empty: /),
    ]);
    expect(faultsOf({ ...without('MONGODB_URI'), MONGODB_URI_FILE: folder })).toEqual([
      expect.stringMatching(/^MONGODB_URI_FILE names a file that is a folder: /),
    ]);
    expect(faultsOf({ ...socket, SLACK_BOT_TOKEN_FILE: file('both', 'xoxb-2-def') })).toEqual([
      'SLACK_BOT_TOKEN_FILE is given beside SLACK_BOT_TOKEN: keep one of the two.',
    ]);
    expect(faultsOf({ ...without('SLACK_BOT_TOKEN'), SLACK_BOT_TOKEN_FILE: file('other', 'xapp-wrong') })).toEqual([
      expect.stringMatching(/^SLACK_BOT_TOKEN is not a bot token/),
    ]);
  });
});
