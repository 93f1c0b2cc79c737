import type { JsonObject } from '../client-protocol';
import type { Actor } from './index';
import { call, type Notes, noteAll, type Rig, startRig, textModal } from './test-support';

const notes: Notes = { heard: [] };
let rig: Rig;
let ana: Actor;

const plain = (text: string) => ({ type: 'plain_text', text });
const last = (name: string): JsonObject | undefined => notes.heard.findLast((one) => one.name === name)?.body;

beforeAll(async () => {
  rig = await startRig('socket', noteAll(notes), {
    timing: { ackMs: 150, triggerMs: 400, settleMs: 20, tierPerMinute: 'off' },
  });
  ana = rig.workspace.as('ana');
});
afterAll(() => rig.stop());
beforeEach(() => {
  notes.heard = [];
  notes.answer = undefined;
});
afterEach(async () => {
  if (ana.modalCount > 0) await ana.close({ all: true });
});

const api = (method: string, args: JsonObject) => call(rig.workspace, method, args).then(({ body }) => body);
async function trigger(): Promise<string> {
  await ana.command('/probe');
  return String(last('command')?.trigger_id);
}
const open = async (view: JsonObject = textModal()): Promise<JsonObject> =>
  api('views.open', { trigger_id: await trigger(), view });
const viewOf = (body: JsonObject | undefined): JsonObject => body?.view as JsonObject;

test('a trigger is used once, expires, and must exist', async () => {
  const trigger_id = await trigger();
  const bad = await api('views.open', { trigger_id, view: { type: 'modal' } });
  expect(bad).toMatchObject({
    ok: false,
    error: 'invalid_arguments',
    response_metadata: { messages: expect.arrayContaining([expect.stringContaining('[json-pointer:/view')]) },
  });
  expect(await api('views.open', { trigger_id, view: textModal() })).toMatchObject({
    ok: true,
    view: { callback_id: 'note' },
  });
  expect(await api('views.open', { trigger_id, view: textModal() })).toMatchObject({ error: 'exchanged_trigger_id' });
  expect(await api('views.open', { trigger_id: '1.2.abc', view: textModal() })).toMatchObject({
    error: 'invalid_trigger_id',
  });
});

test('an old trigger has expired', async () => {
  jest.useFakeTimers({
    doNotFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'nextTick', 'queueMicrotask'],
  });
  try {
    const trigger_id = await trigger();
    jest.advanceTimersByTime(500);
    expect(await api('views.open', { trigger_id, view: textModal() })).toMatchObject({ error: 'expired_trigger_id' });
  } finally {
    jest.useRealTimers();
  }
});

test('the stack holds three; closing falls back; hashes guard updates', async () => {
  const root = viewOf(await open({ ...textModal(), notify_on_close: true }));
  const push = async (): Promise<JsonObject> => {
    notes.answer = () => ({ errors: { words: 'not yet' } });
    await ana.fill({ Words: 'x' });
    await ana.submit();
    return api('views.push', { trigger_id: String(last('submission')?.trigger_id), view: textModal() });
  };
  const second = viewOf(await push());
  expect(second).toMatchObject({ root_view_id: root.id, previous_view_id: root.id });
  expect(await push()).toMatchObject({ ok: true });
  expect(await push()).toMatchObject({ error: 'push_limit_reached' });
  await ana.close();
  await ana.close();
  expect(ana.modal().id).toBe(root.id);
  expect(notes.heard.some(({ name }) => name === 'closed')).toBe(false);
  const updated = viewOf(
    await api('views.update', {
      view_id: String(root.id),
      hash: String(root.hash),
      view: textModal({ notify_on_close: true }),
    }),
  );
  expect(updated.hash).not.toBe(root.hash);
  expect(
    await api('views.update', { view_id: String(root.id), hash: String(root.hash), view: textModal() }),
  ).toMatchObject({ error: 'hash_conflict' });
  await ana.close();
  expect(last('closed')).toMatchObject({ is_cleared: false, view: { id: root.id } });
  expect(await api('views.update', { view_id: String(root.id), view: textModal() })).toMatchObject({
    error: 'not_found',
  });
});

test('clear_on_close clears the stack and reports it', async () => {
  await open({ ...textModal(), notify_on_close: true, clear_on_close: true });
  await ana.close();
  expect(last('closed')).toMatchObject({ is_cleared: true });
});

test('an external id is unique while its view exists, and finds it', async () => {
  await open(textModal({ external_id: 'draft-1' }));
  expect(await open(textModal({ external_id: 'draft-1' }))).toMatchObject({ error: 'duplicate_external_id' });
  expect(
    await api('views.update', { external_id: 'draft-1', view: textModal({ external_id: 'draft-1' }) }),
  ).toMatchObject({ ok: true });
  await ana.close();
  expect(await open(textModal({ external_id: 'draft-1' }))).toMatchObject({ ok: true });
});

test('answers: errors only of this view, update, clear; silence keeps the form with a message', async () => {
  await open();
  await ana.fill({ Words: 'kept' });
  notes.answer = () => ({ errors: { nowhere: 'no such block' } });
  expect(await ana.submit()).toEqual({ failed: 'invalid_arguments' });
  notes.answer = () => ({ errors: { words: 'Too short' } });
  expect(await ana.submit()).toEqual({ errors: { Words: 'Too short' } });
  const toast = rig.workspace.waitFor((event) => event?.type === 'toast' && event.text.includes('trouble connecting'));
  notes.answer = () => 'silence';
  expect(await ana.submit()).toEqual({ failed: 'operation_timeout' });
  await toast;
  expect(ana.modal().fields.Words?.value).toBe('kept');
  notes.answer = () => ({ update: textModal({ title: plain('Next') }) });
  expect((await ana.submit()).updated).toMatchObject({ title: 'Next', fields: { Words: { value: 'kept' } } });
  notes.answer = () => 'clear';
  expect(await ana.submit()).toEqual({ closed: true });
});

test('Homes need the tab switched on, and take hashes', async () => {
  const view = { type: 'home', blocks: [{ type: 'divider' }] };
  const published = await api('views.publish', { user_id: ana.id, view });
  expect(published).toMatchObject({ ok: true, view: { title: null, root_view_id: viewOf(published).id } });
  expect(await api('views.publish', { user_id: ana.id, view, hash: 'old' })).toMatchObject({ error: 'hash_conflict' });
  const other = await startRig('socket', () => undefined, { without: ['home'] });
  expect((await call(other.workspace, 'views.publish', { user_id: ana.id, view })).body.error).toBe('not_enabled');
  await other.stop();
});
