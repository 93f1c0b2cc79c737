import { App } from '@slack/bolt';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../sandbox/client-protocol';
import { registerListeners } from '../../src/listeners';
import type { ListenerDeps } from '../../src/listeners/deps';

/** An entry point of the app: one of Slack's kinds, and the id that leads to its listener. */
export interface WayIn {
  readonly kind: 'command' | 'shortcut' | 'event' | 'action' | 'block' | 'submitted' | 'closed';
  readonly id: string | RegExp;
}

/** Every entry point that the app registers, according to the registration, so new listeners are included. */
export function waysIn(): readonly WayIn[] {
  const ways: WayIn[] = [];
  const app = new App({
    token: 'xoxb-none',
    receiver: { init: () => undefined, start: async () => undefined, stop: async () => undefined },
    deferInitialization: true,
  });
  const note = (kind: WayIn['kind']) => (id: string | RegExp | { readonly callback_id?: string | RegExp }) => {
    const named = typeof id === 'string' || id instanceof RegExp ? id : id.callback_id;
    if (named === undefined) throw new Error(`A ${kind} listener has no id.`);
    ways.push({ kind, id: named });
  };
  Object.assign(app, { command: note('command'), shortcut: note('shortcut'), event: note('event') });
  const found = registerListeners(app, {} as ListenerDeps);
  return [...ways, ...found.map(({ kind, pattern }): WayIn => ({ kind, id: pattern }))];
}

const HUGE = 'x'.repeat(100_000);
const deep = (depth: number): Json => (depth === 0 ? [] : { a: deep(depth - 1) });

/** Values of the wrong type or size. */
const STRANGE: readonly Json[] = [
  ...[null, true, 0, -1, 1e308, '', ' ', HUGE, [], {}, [null], [[[[[]]]]], deep(60)],
  ...['null', '{', '[]', '\u0000', 'a\u0000b', '\ud800', '\udfff\ud800', '\u202e', '😀'.repeat(500), '%00', '../../..'],
  ...['__proto__', 'constructor', 'toString', '<!channel>', 'U0NOBODY', 'C0NOWHERE', 'V0NOTHING', 'SPF-999999'],
  ...['1.1', '99999999999999.999', 'form:sp_feedback', 'form:nothing', 'case:nothing', 'case_dialog:void'],
  ...['case_dialog:__proto__', 'void|SPF-000001', '-271821-04-20', '2026-02-30', '25:61'],
  ...[{ $ne: null }, { $gt: '' }, { $where: '1' }, { length: 5 }, { id: { $ne: null } }, { value: { $ne: null } }],
  ...['{"ref":{"$ne":null},"channel":null}', '{"ref":"SPF-999999","channel":"C0"}', '{"ref":"__proto__","channel":{}}'],
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
];
const strange = fc.constantFrom(...STRANGE);

type Change = (parent: JsonObject | Json[], key: string) => void;
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>(
    (parent, key) => void (Array.isArray(parent) ? parent.splice(Number(key), 1) : delete parent[key]),
  ),
  strange.map(
    (value): Change =>
      (parent, key) =>
        void Object.assign(parent, { [key]: structuredClone(value) }),
  ),
  strange.map(
    (value): Change =>
      (parent) => {
        const own = { value: structuredClone(value), enumerable: true, configurable: true, writable: true };
        if (Array.isArray(parent)) parent.push(own.value);
        else for (const key of ['__proto__', 'constructor', 'extra']) Object.defineProperty(parent, key, own);
      },
  ),
);

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Descends by these choices as far as they lead, and changes what is there. */
function mutate(root: JsonObject, steps: readonly number[], apply: Change): void {
  let parent: JsonObject | Json[] = root;
  for (const [depth, step] of steps.entries()) {
    const keys: string[] = Object.keys(parent);
    const key: string | undefined = keys[step % Math.max(1, keys.length)];
    if (key === undefined) return;
    const child: Json | undefined = Array.isArray(parent) ? parent[Number(key)] : parent[key];
    if (depth === steps.length - 1 || typeof child !== 'object' || child === null) {
      apply(parent, key);
      return;
    }
    parent = child;
  }
}

/** The listener's own part of a payload is changed more often than the rest. */
const CORES = ['view', 'actions', 'event', 'user'];
const mutation = fc.record({
  core: fc.option(fc.constantFrom(...CORES)),
  steps: fc.array(fc.nat(1000), { minLength: 1, maxLength: 6 }),
  apply: change,
});
/** What most listeners read first is changed separately. */
const field = fc.record({
  at: fc.constantFrom('private_metadata', 'id', 'callback_id', 'state', 'blocks', 'hash', 'value', 'selected_option'),
  value: strange,
});

/** Payloads as people cause them, by kind, to be made hostile. */
export interface Examples {
  readonly command: JsonObject;
  readonly shortcut: JsonObject;
  readonly events: readonly JsonObject[];
  /** A press on a message, in a window and on Home. */
  readonly actions: readonly JsonObject[];
  readonly submissions: readonly JsonObject[];
  readonly closed: JsonObject;
}

const CHOSEN = { text: { type: 'plain_text', text: 'x' }, value: 'x' };
const ELEMENTS: readonly ((value: Json) => JsonObject)[] = [
  (value) => ({ type: 'button', value, text: { type: 'plain_text', text: 'x' } }),
  (value) => ({ type: 'static_select', selected_option: { ...CHOSEN, value } }),
  (value) => ({ type: 'overflow', selected_option: { ...CHOSEN, value } }),
  (value) => ({ type: 'radio_buttons', selected_option: { ...CHOSEN, value } }),
  (value) => ({ type: 'users_select', selected_user: value }),
  (value) => ({ type: 'plain_text_input', value }),
];

/** Hostile payloads for one entry point, the same for the same seed. */
export function hostile({ kind, id }: WayIn, examples: Examples, { seed, count }: { seed: number; count: number }) {
  const ids = typeof id === 'string' ? fc.constant(id) : fc.stringMatching(id).filter((one) => one.length < 200);
  const value = fc.oneof(strange, fc.constantFrom<Json>('SPF-000001', 'ACC100', 'sp_feedback', '0', 'C1'));
  const fits = (callback: Json | undefined) =>
    typeof callback === 'string' && (typeof id === 'string' ? id === callback : id.test(callback));
  const called = (list: readonly JsonObject[]) => list.filter(({ view }) => isObject(view) && fits(view.callback_id));
  const windows = (list: readonly JsonObject[]) =>
    fc
      .record({ base: fc.constantFrom(...(called(list).length ? called(list) : list)), callback: ids })
      .map(({ base, callback }) => ({
        ...base,
        view: isObject(base.view)
          ? { ...base.view, callback_id: fits(base.view.callback_id) ? base.view.callback_id : callback }
          : {},
      }));
  const whole: Record<WayIn['kind'], () => fc.Arbitrary<JsonObject>> = {
    command: () => fc.record({ command: ids, text: value }).map((typed) => ({ ...examples.command, ...typed })),
    shortcut: () => ids.map((callback_id) => ({ ...examples.shortcut, callback_id })),
    event: () =>
      ids.map((type) => {
        const known = examples.events.find(({ event }) => isObject(event) && event.type === type);
        return known ?? { ...examples.events[0], event: { type, user: 'U1', channel: 'C1', event_ts: '1.1' } };
      }),
    action: () =>
      fc
        .record({
          base: fc.constantFrom(...examples.actions),
          action_id: ids,
          element: fc.constantFrom(...ELEMENTS),
          value,
        })
        .map(({ base, action_id, element, value: held }) => ({
          ...base,
          actions: [{ action_id, block_id: 'b', action_ts: '1.1', ...element(held) }],
        })),
    block: () =>
      fc
        .record({
          base: fc.constantFrom(...examples.actions),
          block_id: ids,
          element: fc.constantFrom(...ELEMENTS),
          value,
        })
        .map(({ base, block_id, element, value: held }) => ({
          ...base,
          actions: [{ action_id: 'a', block_id, action_ts: '1.1', ...element(held) }],
        })),
    submitted: () => windows(examples.submissions),
    closed: () => windows([examples.closed]),
  };
  const changed = fc
    .record({
      payload: whole[kind](),
      fields: fc.array(field, { maxLength: 2 }),
      mutations: fc.array(mutation, { maxLength: 3 }),
    })
    .map(({ payload, fields, mutations }) => {
      const copy = structuredClone(payload);
      const parts = [copy.view, Array.isArray(copy.actions) ? copy.actions[0] : null].filter(isObject);
      for (const { at, value: held } of fields)
        for (const part of parts) if (at in part) part[at] = structuredClone(held);
      for (const { core, steps, apply } of mutations) {
        const at = core && copy[core];
        mutate(isObject(at) ? at : copy, steps, apply);
      }
      return copy;
    });
  return fc.sample(changed, { seed, numRuns: count }).map((payload, i) => asOfNow(payload, i));
}

/** A submission of a new window: the same window twice would be a mere repetition. */
function asOfNow(payload: JsonObject, i: number): JsonObject {
  const { view, type } = payload;
  if (type !== 'view_submission' || !isObject(view) || typeof view.id !== 'string' || !/^V[A-Z0-9]+$/.test(view.id))
    return payload;
  return { ...payload, view: { ...view, id: `V0FRESH${i}X${view.callback_id ? String(view.callback_id).length : 0}` } };
}
