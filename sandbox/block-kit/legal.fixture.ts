import fc from 'fast-check';
import type { JsonObject } from '../client-protocol';
import { wire } from './examples.fixture';

/** Any text a person might type, at least one character; no lone surrogates, which JSON over HTTP does not carry. */
const words = (most: number) =>
  fc.string({ minLength: 1, maxLength: most, unit: 'grapheme' }).filter((text) => text.length <= most);
const plain = (most: number) =>
  fc.record(
    { type: fc.constant('plain_text'), text: words(most), emoji: fc.boolean() },
    { requiredKeys: ['type', 'text'] },
  );
const mrkdwn = (most: number) =>
  fc.record(
    { type: fc.constant('mrkdwn'), text: words(most), verbatim: fc.boolean() },
    { requiredKeys: ['type', 'text'] },
  );
const text = (most: number) => fc.oneof(plain(most), mrkdwn(most));

const option = fc.record(
  { text: plain(75), value: words(150), description: plain(75) },
  { requiredKeys: ['text', 'value'] },
);
const options = (most: number) =>
  fc.uniqueArray(option, { minLength: 1, maxLength: most, selector: ({ value }) => value });
const confirm = fc.record(
  { title: plain(100), text: text(300), confirm: plain(30), deny: plain(30) },
  { requiredKeys: ['text'] },
);

const button = fc.record(
  {
    type: fc.constant('button'),
    text: plain(75),
    value: fc.string({ maxLength: 200 }),
    style: fc.constantFrom('primary', 'danger'),
    confirm,
  },
  { requiredKeys: ['type', 'text'] },
);
const choosing = (type: string, most: number) =>
  options(most).chain((offered) => {
    const several = type === 'checkboxes' || type.startsWith('multi_');
    const initial: fc.Arbitrary<object> = several
      ? fc.record({ initial_options: fc.subarray(offered, { minLength: 1 }) }, { requiredKeys: [] })
      : fc.record({ initial_option: fc.constantFrom(...offered) }, { requiredKeys: [] });
    return initial.map((chosen) => ({ type, options: offered, ...chosen }));
  });
const menu = fc.oneof(
  choosing('static_select', 100),
  choosing('multi_static_select', 100),
  choosing('radio_buttons', 10),
  choosing('checkboxes', 10),
  fc.record({
    type: fc.constantFrom('users_select', 'multi_users_select', 'channels_select'),
    placeholder: plain(150),
  }),
  fc.record({ type: fc.constant('external_select'), min_query_length: fc.nat({ max: 5 }) }),
);
const typed = fc.record(
  {
    type: fc.constant('plain_text_input'),
    multiline: fc.boolean(),
    max_length: fc.integer({ min: 1, max: 3000 }),
    placeholder: plain(150),
  },
  { requiredKeys: ['type'] },
);
const picture = { image_url: fc.webUrl(), alt_text: words(2000) };

const anyBlock = fc.oneof(
  fc.record({ type: fc.constant('divider') }),
  fc.record({ type: fc.constant('header'), text: plain(150) }),
  fc.record({ type: fc.constant('image'), ...picture }),
  fc.record({ type: fc.constant('context'), elements: fc.array(text(300), { minLength: 1, maxLength: 10 }) }),
  fc.record(
    {
      type: fc.constant('section'),
      text: text(600),
      fields: fc.array(text(100), { minLength: 1, maxLength: 10 }),
      accessory: fc.oneof(button, menu),
    },
    { requiredKeys: ['type', 'text'] },
  ),
  fc.record({
    type: fc.constant('actions'),
    elements: fc.array(fc.oneof(button, menu), { minLength: 1, maxLength: 5 }),
  }),
  fc.record(
    {
      type: fc.constant('input'),
      label: plain(200),
      hint: plain(200),
      optional: fc.boolean(),
      element: fc.oneof(typed, menu),
    },
    { requiredKeys: ['type', 'label', 'element'] },
  ),
);
/** Legal blocks, each with its own id; texts stay far below the limit of a whole message. */
export const legalBlocks = (most: number): fc.Arbitrary<JsonObject[]> =>
  fc
    .array(anyBlock, { minLength: 1, maxLength: most, size: 'max' })
    .map((blocks) => blocks.map((block, index) => wire({ ...block, block_id: `b${index}` })));

export const legalModal: fc.Arbitrary<JsonObject> = fc
  .record(
    {
      type: fc.constant('modal'),
      title: plain(24),
      submit: plain(24),
      close: plain(24),
      blocks: legalBlocks(12),
      private_metadata: fc.string({ maxLength: 3000 }),
      callback_id: words(255),
      notify_on_close: fc.boolean(),
    },
    { requiredKeys: ['type', 'title', 'submit', 'blocks'] },
  )
  .map(wire);
