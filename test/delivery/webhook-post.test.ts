import { postJson } from '../../src/delivery/targets/webhook/post';
import { isPublic } from '../../src/net/public-address';
import { type Receiver, startReceiver } from '../support/receiver';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.stop());

it.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '::1',
  'fe80::1',
  'fd00::1',
  '::ffff:127.0.0.1',
  '64:ff9b::7f00:1',
  'not an address',
])('%s is not public', (address) => {
  expect(isPublic(address)).toBe(false);
});
it.each(['93.184.216.34', '2606:2800:220:1::1'])('%s is', (address) => {
  expect(isPublic(address)).toBe(true);
});

it.each([
  ['https://127.0.0.1:1/', 'webhook_private'],
  ['https://[::1]:1/', 'webhook_private'],
  ['https://0x7f.1/', 'webhook_private'],
  ['https://localhost:1/', 'webhook_private'],
  ['http://example.com/', 'webhook_insecure'],
])('nothing is sent to %s, by name or by number', async (url, fault) => {
  await expect(postJson(new URL(url), '{}', {}, false)).rejects.toMatchObject({ fault });
});

it('posts if the environment allows it', async () => {
  await postJson(new URL(receiver.url), '{"a":"é"}', { 'webhook-id': '1' }, true);
  expect(receiver.received).toMatchObject([{ body: '{"a":"é"}', headers: { 'webhook-id': '1' } }]);
});
