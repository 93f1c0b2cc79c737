import { VIEW_BYTES_MAX, validateView } from '.';
import { chars, home, input, modal, mrkdwn, options, plain } from './examples.fixture';

const text = (actionId?: string) => ({ type: 'plain_text_input', action_id: actionId });
const divider = { type: 'divider' };
const noSchema = '[ERROR] failed to match all allowed schemas [json-pointer:/view]';
const refused = (view: unknown, type?: 'modal' | 'home') => {
  const answer = validateView(view, type);
  if (answer.ok) throw new Error('The view was accepted.');
  return { error: answer.error, messages: answer.messages };
};
const invalid = (...messages: string[]) => ({ error: 'invalid_arguments', messages });

describe("Slack's faults of a view", () => {
  it.each<[string, unknown, string[]]>([
    [
      'a long title',
      modal([], { title: plain(chars(25)) }),
      ['must be less than 25 characters [json-pointer:/view/title/text]'],
    ],
    ['no title', modal([], { title: undefined }), ['missing required field: title [json-pointer:/view/title]']],
    ['no blocks', modal([], { blocks: undefined }), ['missing required field: blocks [json-pointer:/view/blocks]']],
    ['101 blocks', modal(Array(101).fill(divider)), ['no more than 100 items allowed [json-pointer:/view/blocks]']],
    [
      'an input without label',
      modal([input(text(), { label: undefined })]),
      ['missing required field: label [json-pointer:/view/blocks/0/label]'],
    ],
    ['a property of its output', modal([], { hash: '1' }), ['invalid additional property: hash [json-pointer:/view]']],
    ['a title on Home', home([], { title: plain('x') }), ['invalid additional property: title [json-pointer:/view]']],
    [
      'an unknown block',
      modal([divider, { type: 'divder' }]),
      ['unsupported type: divder [json-pointer:/view/blocks/1/type]'],
    ],
    [
      'a string for a text',
      modal([{ type: 'header', text: 'x' }]),
      ['must provide an object [json-pointer:/view/blocks/0/text]'],
    ],
    [
      'a string for a flag',
      modal([], { notify_on_close: 'yes' }),
      ['must provide a boolean [json-pointer:/view/notify_on_close]'],
    ],
    [
      'an empty text that could be of two kinds',
      modal([{ type: 'section', text: mrkdwn('') }]),
      [
        'failed to match all allowed schemas [json-pointer:/view/blocks/0/text]',
        'must be more than 0 characters [json-pointer:/view/blocks/0/text/text]',
      ],
    ],
    [
      'too many radio buttons',
      modal([input({ type: 'radio_buttons', options: options(11) })]),
      ['no more than 10 items allowed [json-pointer:/view/blocks/0/element/options]'],
    ],
    [
      'several faults at once',
      modal([{ type: 'actions', elements: [] }], { submit: plain('') }),
      [
        'no fewer than 1 items allowed [json-pointer:/view/blocks/0/elements]',
        'must be more than 0 characters [json-pointer:/view/submit/text]',
      ],
    ],
  ])('%s', (_what, view, messages) => {
    expect(refused(view)).toEqual(invalid(noSchema, ...messages.map((message) => `[ERROR] ${message}`)));
  });

  it('requires an object', () => {
    for (const view of [undefined, null, '{}', 1, []])
      expect(refused(view)).toEqual(invalid('[ERROR] must provide an object [json-pointer:/view]'));
  });

  it('requires the kind of view that the method takes', () => {
    expect(validateView(home([]), 'home').ok).toBe(true);
    expect(refused(home([]), 'modal').messages).toContain('[ERROR] must be one of: modal [json-pointer:/view/type]');
    expect(refused(modal([]), 'home').messages).toContain('[ERROR] must be one of: home [json-pointer:/view/type]');
  });
});

describe('a submit button', () => {
  it('is required in a modal with an input block', () => {
    expect(refused(modal([divider, input(text())], { submit: undefined }))).toEqual(
      invalid('[ERROR] must define submit to use input block [json-pointer:/view/blocks/1/input]'),
    );
  });
  it('is not needed without inputs, nor on Home', () => {
    expect(validateView(modal([divider], { submit: undefined })).ok).toBe(true);
    expect(validateView(home([input(text())])).ok).toBe(true);
  });
});

describe('ids', () => {
  it('of blocks differ within the view', () => {
    const twice = modal([input(text(), { block_id: 'sj' }), divider, input(text(), { block_id: 'sj' })]);
    expect(refused(twice)).toEqual(
      invalid('[ERROR] block_id `sj` already exists [json-pointer:/view/blocks/2/block_id]'),
    );
  });
  it('of elements differ within a block', () => {
    const button = { type: 'button', text: plain('x'), action_id: 'go' };
    expect(refused(modal([{ type: 'actions', block_id: 'b', elements: [button, button] }]))).toEqual(
      invalid(
        '[ERROR] action_id `go` already exists for block_id `b` [json-pointer:/view/blocks/0/elements/1/action_id]',
      ),
    );
  });
  it('of elements may be the same in two blocks', () => {
    expect(validateView(modal([input(text('a')), input(text('a'))])).ok).toBe(true);
  });
});

it('allows only one element to take the focus', () => {
  const focused = input({ ...text(), focus_on_load: true });
  expect(validateView(modal([focused, input(text())])).ok).toBe(true);
  expect(refused(modal([focused, input(text()), focused])).messages).toEqual([
    '[ERROR] only one element may set `focus_on_load` [json-pointer:/view/blocks/2/element/focus_on_load]',
  ]);
});

it('returns the view as it was sent', () => {
  const view = modal([input(text('a'), { block_id: 'b' })], { private_metadata: '{}', notify_on_close: true });
  expect(validateView(view)).toEqual({ ok: true, view });
});

it('refuses a view above 250 kB of JSON', () => {
  const section = (count: number) => ({ type: 'section', text: plain(chars(count)) });
  const view = (last: number) => modal([...Array(81).fill(section(3000)), section(2000), section(last)]);
  const room = VIEW_BYTES_MAX - JSON.stringify(view(1)).length;
  expect(validateView(view(1 + room)).ok).toBe(true);
  expect(refused(view(2 + room)).error).toBe('view_too_large');
});
