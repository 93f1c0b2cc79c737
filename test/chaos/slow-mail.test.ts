import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setInterval as every } from 'node:timers/promises';
import { type MailServer, startMailServer } from '../../sandbox/mail';
import { type CaseWork, DAY, HOUR, startCaseWork } from '../support/case-work';
import { until } from '../support/until';

let mails: MailServer;
let work: CaseWork;
let slow = 0;
/** Says hello, and then line after line of an answer that never ends, as servers do to those they hold for spammers. */
async function drip(socket: Socket): Promise<void> {
  slow++;
  socket.write('220 localhost\r\n');
  await once(socket, 'data');
  for await (const _ of every(20)) if (!socket.write('250-AND-ONE-MORE\r\n') || socket.destroyed) return;
}
const server = createServer((socket) => {
  socket.on('error', () => socket.destroy());
  if (slow < 2) return void drip(socket);
  const inner = connect(mails.port, '127.0.0.1').on('error', () => socket.destroy());
  socket.pipe(inner).pipe(socket);
});

beforeAll(async () => {
  mails = await startMailServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const access = { user: null, password: null, from: 'warmline@example.org', caFile: null };
  work = await startCaseWork({
    policy: { ladders: { default: [{ after: 0, to: 'email' }] } },
    mail: { host: '127.0.0.1', port, tls: 'none', ...access },
    retryOutside: { firstMs: 20, longestMs: 200, forMs: DAY, tryMs: 2_000 },
  });
});
afterAll(async () => {
  await work.stop();
  await mails.stop();
  server.close();
});

it('a mail server that answers without an end holds up no mail for longer than a try may take', async () => {
  const { stored } = await work.file(work.as('amira'));
  await work.world.pass(5 * HOUR);
  const mail = await until(() => mails.mails.find(({ subject }) => subject.includes(stored.ref)), 'the mail', 20_000);
  expect(mail.to).toEqual(['dana@example.com']);
  expect(slow).toBe(2);
});
