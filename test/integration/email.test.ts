import { MAIL_CA_FILE, type MailServer, type ReceivedMail, startMailServer } from '../../sandbox/mail';
import type { Actor } from '../../sandbox/workspace';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import { retryAll } from '../../src/services/failed-messages';
import { type CaseWork, DAY, dmsAbout, HOUR, startCaseWork } from '../support/case-work';
import { escalated, exceptionForm } from '../support/exceptions';
import { fileReport, openReport, UNSAFE } from '../support/reports';
import { until } from '../support/until';

const DANA = 'dana@example.com';
const OPS = 'ops@example.com';
let server: MailServer;
let work: CaseWork;
let ada: Actor;

beforeAll(async () => {
  server = await startMailServer();
  const acknowledge = [{ after: 0, to: 'email' as const }];
  work = await startCaseWork({
    policy: {
      clocks: { default: { default: { acknowledge: { minutes: 60, time: 'always' } } } },
      ladders: { ...DEFAULT_POLICY.ladders, acknowledge },
      sent_to_manager: ['email', `email:${OPS}`],
    },
    mail: {
      host: 'localhost',
      port: server.port,
      tls: 'starttls',
      user: null,
      password: null,
      from: 'warmline@example.org',
      caFile: MAIL_CA_FILE,
    },
    retryOutside: { firstMs: 20, longestMs: 200, forMs: DAY },
    leaseMs: 1000,
  });
  ada = work.as('ada');
});
afterAll(async () => {
  await work.stop();
  await server.stop();
});
beforeEach(() => server.refuse(() => null));

const about = (ref: string): ReceivedMail[] => server.mails.filter(({ subject }) => subject.includes(ref));
const arrived = (ref: string, count = 1) =>
  until(() => about(ref).length >= count && about(ref), `${count} mails about ${ref}`);
const outbox = async (ref: string) => (await work.records.of(ref)).outbox;
const gone = async (ref: string) => {
  while ((await outbox(ref)).some(({ dead }) => dead === null)) await work.world.settled();
};
/** A case that no one acknowledged in time. */
async function late(details = 'As told.'): Promise<string> {
  const { stored } = await work.file(work.as('amira'), { details });
  await work.world.pass(HOUR + 60_000);
  return stored.ref;
}

it('a rung emails the person who answers for the case: what, which, by when and where, over an encrypted connection', async () => {
  const ref = await late();
  const [mail] = await arrived(ref);
  expect(mail).toMatchObject({ to: [DANA], subject: `${ref}: SP feedback – waits for an answer`, isSecure: true });
  expect(mail?.text).toContain('Acknowledge this case.');
  expect(mail?.text).toMatch(
    new RegExp(`Reference: ${ref}\nSP: Ace Plumbing\nSJ: \\d+\nBy: Mon, Nov 2 at 10:0\\d AM PST`),
  );
  expect(mail?.text).toMatch(/https?:\/\/\S+archives/);
  expect(mail?.html).toContain('Open the card in Slack</a>');
});

it("an exception sent to its manager goes to both mailboxes; people's text becomes active nowhere", async () => {
  const note = 'Look:\r\nBcc: eve@example.com\r\n\r\n<img src=x onerror=alert(1)> & "you"';
  const amira = work.as('amira');
  await exceptionForm(amira, '930001', { 'Exception code': 'COACH' });
  const { ref, card } = await escalated(work.world, work.records, amira);
  await work.make(ada, 'Send to AM', card, { 'Note for the Area Manager': note });
  const mails = await arrived(ref, 2);
  expect(mails.flatMap(({ to }) => to).sort()).toEqual([DANA, OPS]);
  for (const mail of mails) {
    expect(mail.subject).toBe(`${ref}: Exception – sent to you`);
    expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;you&quot;');
    expect(mail.html).not.toContain('<img');
    expect(mail.text).toContain('<img src=x onerror=alert(1)> & "you"');
    expect(mail.headers).not.toContain('bcc');
    expect(mail.text).toMatch(/https?:\/\/\S+archives/);
  }
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(2);
});

it('for a need-to-know case, a mail says only that it exists', async () => {
  const amira = work.as('amira');
  await openReport(amira, '/high-risk', 'ACC100 930002');
  await amira.fill(UNSAFE);
  const { ref } = await fileReport(work.world, work.records, amira);
  await work.world.pass(HOUR + 60_000);
  const [mail] = await arrived(ref);
  expect(mail?.subject).toBe(`${ref}: a need-to-know case waits for you`);
  for (const said of [mail?.text, mail?.html]) {
    expect(said).toContain(ref);
    for (const secret of ['Ace Plumbing', '930002', 'gas line', 'SJ', 'unsafe']) expect(said).not.toContain(secret);
  }
});

it('a refused mailbox is reported, and the mail kept until an admin tries again', async () => {
  server.refuse((to) => (to === DANA ? '550 no such mailbox' : null));
  const ref = await late();
  await gone(ref);
  expect(await outbox(ref)).toMatchObject([{ dead: 'smtp_refused', lane: expect.stringMatching(/^email:U/) }]);
  expect(about(ref)).toEqual([]);
  const told = work.world.workspace.messages('warmline-unrouted').filter(({ text }) => text.startsWith(ref));
  expect(told.map(({ content }) => content).join()).toContain('Dana Diaz by email (smtp_refused)');

  server.refuse(() => null);
  await retryAll(work.world.app.jobDeps);
  expect(await arrived(ref)).toHaveLength(1);
});

it.each([
  ['connection', '554 5.7.1 your address is on a list'],
  ['sender', '530 5.7.0 authentication required'],
] as const)(
  'a server that refuses every %s loses no mail: it waits until the server is set right',
  async (from, reply) => {
    server.bar(from, reply);
    const said = work.world.logged.length;
    const ref = await late();
    const tried = () => work.world.logged.slice(said).filter((line) => line.includes(`smtp_${reply.slice(0, 3)}`));
    await until(() => tried().length > 1, 'two tries');
    expect(await outbox(ref)).toMatchObject([{ dead: null }]);
    server.bar(from, null);
    expect(await arrived(ref)).toHaveLength(1);
    await gone(ref);
  },
);

it('a server that defers a mail is retried until it accepts it, once', async () => {
  let tries = 0;
  server.refuse((to) => (to === DANA && ++tries < 4 ? '451 greylisted, come back' : null));
  const ref = await late();
  await arrived(ref);
  expect(tries).toBe(4);
  expect(about(ref)).toHaveLength(1);
});

it('a mail whose answer was lost is sent again with the same Message-ID', async () => {
  server.loseAnswers(1);
  const ref = await late();
  const mails = await arrived(ref, 2);
  await gone(ref);
  expect(about(ref)).toHaveLength(2);
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
  expect(mails[0]?.messageId).toMatch(new RegExp(`^<${ref}%3Anotice%3A\\d+%3Aemail%3AU\\w+@example\\.org>$`));
});

it('a server with a wrong certificate gets nothing, and waiting mail goes out once it is right', async () => {
  server.certificate('wrong');
  const ref = await late();
  await until(() => work.world.logged.some((line) => line.includes('smtp_certificate')), 'a refused certificate');
  expect(about(ref)).toEqual([]);
  server.certificate('right');
  expect(await arrived(ref)).toHaveLength(1);
});

it('is given up after a day without any mail accepted', async () => {
  server.refuse(() => '451 not now');
  const ref = await late();
  await until(
    () => work.world.logged.filter((line) => line.includes('smtp_451') && line.includes(ref)).length > 1,
    'a try',
  );
  await work.world.pass(DAY + HOUR);
  await gone(ref);
  expect((await outbox(ref)).map(({ dead }) => dead)).toContain('smtp_451');
});

it('two instances send a mail once', async () => {
  const second = await work.world.another();
  const ref = await late();
  await arrived(ref);
  await gone(ref);
  await work.world.halt(second);
  expect(about(ref)).toHaveLength(1);
  expect(dmsAbout(work.as('dana'), ref)).toEqual([]);
});

it('tells an SP the words that were shown first, and nothing else about the case', async () => {
  const { stored, card } = await work.file(work.as('amira'), { details: 'The customer was angry.' });
  await work.make(work.as('dana'), 'Resolve', card, { Outcome: 'No fault found' });
  const wrong = { 'What the SP is told': 'We looked at <it> & found nothing.', 'Email of the SP': 'nobody' };
  const asked = await work.make(work.as('dana'), 'Tell the SP', (await work.now(stored.ref)).card, wrong);
  expect(Object.keys(asked.errors ?? {})).toEqual(['Email of the SP']);
  await work.as('dana').fill({ 'Email of the SP': 'sp@ace.example' });
  expect(await work.as('dana').submit()).toEqual({ closed: true });
  const [mail] = await arrived(stored.ref);
  expect(mail).toMatchObject({ to: ['sp@ace.example'], subject: `About your account ACC100 (${stored.ref})` });
  expect(mail?.text.trim()).toBe('We looked at <it> & found nothing.');
  expect(mail?.html).toContain('We looked at &lt;it&gt; &amp; found nothing.');
  expect(JSON.stringify(mail)).not.toMatch(/angry|archives|556677/);
  await gone(stored.ref);
});
