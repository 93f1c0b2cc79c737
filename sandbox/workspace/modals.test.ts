import type { JsonObject } from '../client-protocol';
import type { Actor } from './index';
import { call, type Notes, noteAll, type Rig, startRig, textModal } from './test-support';

const notes: Notes = { heard: [] };
let rig: Rig;
let ana: Actor;

const plain = (text: string) => ({ type: 'plain_text', text });
const options = (...texts: string[]) => texts.map((text) => ({ text: plain(text), value: text.toLowerCase() }));
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

test('an input keeps its value while its ids stay, and loses it when it goes; initial values are for new ones', async () => {
  const { id } = viewOf(await open());
  await ana.fill({ Words: 'typed' });
  const initial = { element: { type: 'plain_text_input', action_id: 'words', initial_value: 'from the app' } };
  await api('views.update', { view_id: String(id), view: textModal({}, initial) });
  expect(ana.modal().fields.Words?.value).toBe('typed');
  await api('views.update', { view_id: String(id), view: textModal({}, { block_id: 'other', ...initial }) });
  expect(ana.modal().fields.Words?.value).toBe('from the app');
  await api('views.update', { view_id: String(id), view: textModal() });
  expect(ana.modal().fields.Words?.value).toBeNull();
});

test('the client checks required fields and lengths before the app hears of a submission', async () => {
  await open(
    textModal({}, { element: { type: 'plain_text_input', action_id: 'words', min_length: 3, max_length: 5 } }),
  );
  expect(await ana.submit()).toEqual({ errors: { Words: 'Please complete this required field.' } });
  await ana.fill({ Words: 'ab' });
  expect((await ana.submit()).errors?.Words).toContain('at least 3');
  await ana.fill({ Words: 'abcdef' });
  expect((await ana.submit()).errors?.Words).toContain('no more than 5');
  expect(last('submission')).toBeUndefined();
  await ana.fill({ Words: 'abcd' });
  expect(await ana.submit()).toEqual({ closed: true });
  expect(viewOf(last('submission'))).toMatchObject({
    state: { values: { words: { words: { type: 'plain_text_input', value: 'abcd' } } } },
  });
});

test("every kind of field is filled by its label and reported in Slack's shape", async () => {
  const input = (label: string, element: JsonObject): JsonObject => ({
    type: 'input',
    block_id: label,
    optional: true,
    label: plain(label),
    element: { action_id: 'a', ...element },
  });
  await open(
    textModal({
      blocks: [
        input('One', { type: 'static_select', options: options('Red', 'Blue') }),
        input('Many', { type: 'checkboxes', options: options('X', 'Y', 'Z') }),
        input('Sure', { type: 'radio_buttons', options: options('Yes', 'No') }),
        input('Who', { type: 'users_select' }),
        input('Day', { type: 'datepicker' }),
        input('When', { type: 'datetimepicker' }),
        input('Count', { type: 'number_input', is_decimal_allowed: false, max_value: '9' }),
        input('Found', { type: 'external_select', min_query_length: 1 }),
        input('Proof', { type: 'file_input' }),
        input('Left', { type: 'multi_static_select', options: options('P') }),
      ],
    }),
  );
  const file = ana.upload('a.txt', 'evidence');
  await ana.fill({
    One: 'Blue',
    Many: ['X', 'Z'],
    Sure: true,
    Who: 'dana',
    Day: '2026-02-03',
    When: new Date(86_400_000),
    Count: 12,
    Found: 'abc',
    Proof: [file],
  });
  await expect(ana.fill({ One: 'Green' })).rejects.toThrow('"One" does not offer "Green". It offers: "Red", "Blue".');
  expect((await ana.submit()).errors).toEqual({ Count: 'Please enter a number of at most 9.' });
  await ana.fill({ Count: 9 });
  expect(await ana.submit()).toEqual({ closed: true });
  const { values } = viewOf(last('submission')).state as { values: { [block: string]: { a: JsonObject } } };
  expect(Object.fromEntries(Object.entries(values).map(([label, { a }]) => [label, a]))).toMatchObject({
    One: { type: 'static_select', selected_option: { value: 'blue' } },
    Many: { selected_options: [{ value: 'x' }, { value: 'z' }] },
    Sure: { selected_option: { value: 'yes' } },
    Who: { selected_user: rig.workspace.ids.users.dana },
    Day: { selected_date: '2026-02-03' },
    When: { selected_date_time: 86_400 },
    Count: { value: '9' },
    Found: { selected_option: { text: { text: 'Match abc' } } },
    Proof: { files: [{ id: file, url_private_download: expect.stringContaining('/files/') }] },
    Left: { selected_options: [] },
  });
  expect(last('options')).toMatchObject({ type: 'block_suggestion', value: 'abc', block_id: 'Found' });
  expect((await api('files.info', { file })).ok).toBe(true);
});

test('an input is told at once only when its block asks; a select in a section always', async () => {
  await open(
    textModal({
      blocks: [
        {
          type: 'input',
          block_id: 'quiet',
          optional: true,
          label: plain('Quiet'),
          element: { type: 'plain_text_input', action_id: 'q' },
        },
        {
          type: 'section',
          block_id: 'loud',
          text: plain('Loud'),
          accessory: { type: 'static_select', action_id: 'l', options: options('A') },
        },
        {
          type: 'actions',
          block_id: 'more',
          elements: [{ type: 'overflow', action_id: 'o', options: options('Away', 'Back') }],
        },
      ],
    }),
  );
  await ana.fill({ Quiet: 'shh' });
  expect(last('action')).toBeUndefined();
  await ana.fill({ Loud: 'A' });
  expect(last('action')).toMatchObject({
    actions: [{ type: 'static_select', action_id: 'l', block_id: 'loud', selected_option: { value: 'a' } }],
    container: { type: 'view' },
    view: { state: { values: { quiet: { q: { value: 'shh' } }, loud: { l: { selected_option: { value: 'a' } } } } } },
  });
  await ana.choose('Back');
  expect(last('action')).toMatchObject({ actions: [{ type: 'overflow', selected_option: { value: 'back' } }] });
});

test('a select on a message tells its value and the state of the message', async () => {
  const block = {
    type: 'actions',
    block_id: 'row',
    elements: [{ type: 'static_select', action_id: 'pick', options: options('A', 'B') }],
  };
  await api('chat.postMessage', { channel: 'general', text: 'choose', blocks: [block] });
  const message = await ana.waitForMessage('general', ({ text }) => text === 'choose');
  await ana.choose('B', { in: message });
  expect(last('action')).toMatchObject({
    container: { type: 'message', message_ts: message.ts, is_ephemeral: false },
    actions: [{ selected_option: { value: 'b' } }],
    state: { values: { row: { pick: { type: 'static_select', selected_option: { value: 'b' } } } } },
  });
});
