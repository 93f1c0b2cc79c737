import { validateMessage, validateView } from '.';
import {
  BLOCK_EXAMPLES,
  chars,
  ELEMENT_EXAMPLES,
  home,
  input,
  modal,
  mrkdwn,
  option,
  options,
  plain,
  wire,
} from './examples.fixture';

type Build = (n: number) => unknown;
type Row = [what: string, limit: number, build: Build];

const list = (n: number, item: unknown) => Array.from({ length: n }, () => item);
const divider = { type: 'divider' };
const button = (over: object) => ({ type: 'actions', elements: [{ type: 'button', text: plain('Go'), ...over }] });
const section = (over: object) => ({ type: 'section', text: plain('SP'), ...over });
const select = (over: object) => input({ type: 'static_select', options: options(2), ...over });
const url = (n: number) => `https://example.com/${chars(n - 20)}`;
const groups = (n: number) => list(n, { label: plain('Group'), options: options(1) });
const cell = { type: 'raw_text', text: 'x' };

/** A block at its largest and one beyond. */
const MOST_IN_BLOCKS: Row[] = [
  ['characters of a block_id', 255, (n) => ({ ...divider, block_id: chars(n) })],
  ['characters of an action_id', 255, (n) => button({ action_id: chars(n) })],
  ['characters of a section', 3000, (n) => section({ text: mrkdwn(chars(n)) })],
  ['fields of a section', 10, (n) => section({ fields: list(n, plain('x')) })],
  ['characters of a field', 2000, (n) => section({ fields: [mrkdwn(chars(n))] })],
  ['characters of a header', 150, (n) => ({ type: 'header', text: plain(chars(n)) })],
  ['elements of a context', 10, (n) => ({ type: 'context', elements: list(n, plain('x')) })],
  [
    'elements of an actions block',
    25,
    (n) => ({ type: 'actions', elements: list(n, { type: 'button', text: plain('x') }) }),
  ],
  ['characters of an alt_text', 2000, (n) => ({ ...BLOCK_EXAMPLES.image, alt_text: chars(n) })],
  ['characters of an image title', 2000, (n) => ({ ...BLOCK_EXAMPLES.image, title: plain(chars(n)) })],
  ['characters of an image_url', 3000, (n) => ({ type: 'image', alt_text: 'x', image_url: url(n) })],
  ['characters of an input label', 2000, (n) => input({ type: 'plain_text_input' }, { label: plain(chars(n)) })],
  ['characters of an input hint', 2000, (n) => input({ type: 'plain_text_input' }, { hint: plain(chars(n)) })],
  ['characters of a video title', 199, (n) => ({ ...BLOCK_EXAMPLES.video, title: plain(chars(n)) })],
  ['characters of a video author', 49, (n) => ({ ...BLOCK_EXAMPLES.video, author_name: chars(n) })],
  [
    'levels of a list',
    8,
    (indent) => ({ type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'bullet', indent, elements: [] }] }),
  ],
  ['characters of a button', 75, (n) => button({ text: plain(chars(n)) })],
  ['characters of a button value', 2000, (n) => button({ value: chars(n) })],
  ['characters of a button url', 3000, (n) => button({ url: url(n) })],
  ['characters of an accessibility_label', 75, (n) => button({ accessibility_label: chars(n) })],
  ['characters of a confirm title', 100, (n) => button({ confirm: { text: plain('x'), title: plain(chars(n)) } })],
  ['characters of a confirm text', 300, (n) => button({ confirm: { text: mrkdwn(chars(n)) } })],
  ['characters of a confirm button', 30, (n) => button({ confirm: { text: plain('x'), confirm: plain(chars(n)) } })],
  ['characters of a deny button', 30, (n) => button({ confirm: { text: plain('x'), deny: plain(chars(n)) } })],
  ['characters of a placeholder', 150, (n) => select({ placeholder: plain(chars(n)) })],
  ['options of a select', 100, (n) => select({ options: options(n) })],
  ['option groups of a select', 100, (n) => select({ options: undefined, option_groups: groups(n) })],
  [
    'options of a group',
    100,
    (n) => select({ options: undefined, option_groups: [{ label: plain('x'), options: options(n) }] }),
  ],
  [
    'characters of a group',
    75,
    (n) => select({ options: undefined, option_groups: [{ label: plain(chars(n)), options: options(1) }] }),
  ],
  ['characters of an option', 75, (n) => select({ options: [{ text: plain(chars(n)), value: 'x' }] })],
  [
    'characters of an option value',
    150,
    (n) => select({ options: [option(chars(n))].map((o) => ({ ...o, text: plain('x') })) }),
  ],
  [
    'characters of an option description',
    75,
    (n) => select({ options: [{ ...option('x'), description: plain(chars(n)) }] }),
  ],
  [
    'characters of an option url',
    3000,
    (n) => section({ accessory: { type: 'overflow', options: [{ ...option('x'), url: url(n) }] } }),
  ],
  ['options of an overflow menu', 5, (n) => section({ accessory: { type: 'overflow', options: options(n) } })],
  ['radio buttons', 10, (n) => input({ type: 'radio_buttons', options: options(n) })],
  ['checkboxes', 10, (n) => input({ type: 'checkboxes', options: options(n) })],
  ['max_length', 3000, (max_length) => input({ type: 'plain_text_input', max_length })],
  ['min_length', 3000, (min_length) => input({ type: 'plain_text_input', min_length })],
  ['characters of an initial_value', 3000, (n) => input({ type: 'plain_text_input', initial_value: chars(n) })],
  ['max_lines', 100, (max_lines) => input({ type: 'rich_text_input', max_lines })],
];
const MOST_IN_MODALS: Row[] = [
  ['characters of an alert', 200, (n) => ({ type: 'alert', text: plain(chars(n)) })],
  ['files of a file input', 10, (max_files) => input({ type: 'file_input', max_files })],
];
const MOST_IN_MESSAGES: Row[] = [
  ['characters of a markdown block', 12_000, (n) => ({ type: 'markdown', text: chars(n) })],
  ['rows of a table', 100, (n) => ({ type: 'table', rows: list(n, [cell]) })],
  ['cells of a table row', 20, (n) => ({ type: 'table', rows: [list(n, cell)] })],
  ['columns set of a table', 20, (n) => ({ type: 'table', rows: [[cell]], column_settings: list(n, null) })],
  ['rows of a data table', 101, (n) => ({ type: 'data_table', caption: 'x', rows: list(n, [cell]) })],
  ['rows on a page', 100, (page_size) => ({ ...BLOCK_EXAMPLES.data_table, page_size })],
  ['characters of a card title', 150, (n) => ({ type: 'card', title: mrkdwn(chars(n)) })],
  ['characters of a card subtitle', 150, (n) => ({ ...BLOCK_EXAMPLES.card, subtitle: mrkdwn(chars(n)) })],
  ['characters of a card body', 200, (n) => ({ type: 'card', body: mrkdwn(chars(n)) })],
  ['buttons of a card', 3, (n) => ({ type: 'card', actions: list(n, { type: 'button', text: plain('x') }) })],
  ['cards of a carousel', 10, (n) => ({ type: 'carousel', elements: list(n, { type: 'card', body: mrkdwn('x') }) })],
  ['characters of a container title', 150, (n) => ({ ...BLOCK_EXAMPLES.container, title: plain(chars(n)) })],
  ['characters of a container subtitle', 150, (n) => ({ ...BLOCK_EXAMPLES.container, subtitle: plain(chars(n)) })],
  ['blocks of a container', 10, (n) => ({ ...BLOCK_EXAMPLES.container, child_blocks: list(n, divider) })],
  [
    'elements of context actions',
    5,
    (n) => ({ type: 'context_actions', elements: list(n, { type: 'icon_button', icon: 'trash', text: plain('x') }) }),
  ],
  [
    'people who see an icon button',
    10,
    (n) => ({
      type: 'context_actions',
      elements: [{ type: 'icon_button', icon: 'trash', text: plain('x'), visible_to_user_ids: list(n, 'U1') }],
    }),
  ],
];
const MOST_IN_VIEWS: Row[] = [
  ['blocks of a modal', 100, (n) => modal(list(n, divider))],
  ['blocks of a Home', 100, (n) => home(list(n, divider))],
  ['characters of a title', 24, (n) => modal([divider], { title: plain(chars(n)) })],
  ['characters of a submit button', 24, (n) => modal([divider], { submit: plain(chars(n)) })],
  ['characters of a close button', 24, (n) => modal([divider], { close: plain(chars(n)) })],
  ['characters of private_metadata', 3000, (n) => modal([divider], { private_metadata: chars(n) })],
  ['characters of a callback_id', 255, (n) => modal([divider], { callback_id: chars(n) })],
  ['characters of an external_id', 255, (n) => home([divider], { external_id: chars(n) })],
];

const inMessage = (block: unknown) => validateMessage({ blocks: [wire(block)] }).ok;
const inModal = (block: unknown) => validateView(modal([block])).ok;
const inHome = (block: unknown) => validateView(home([block])).ok;

describe("Slack's maximums", () => {
  it.each(MOST_IN_BLOCKS)('%s: %i, on every surface', (_what, limit, build) => {
    expect([inMessage, inModal, inHome].map((accepts) => accepts(build(limit)))).toEqual([true, true, true]);
    expect([inMessage, inModal, inHome].map((accepts) => accepts(build(limit + 1)))).toEqual([false, false, false]);
  });
  it.each(MOST_IN_MODALS)('%s: %i', (_what, limit, build) => {
    expect([inModal(build(limit)), inModal(build(limit + 1))]).toEqual([true, false]);
  });
  it.each(MOST_IN_MESSAGES)('%s: %i', (_what, limit, build) => {
    expect([inMessage(build(limit)), inMessage(build(limit + 1))]).toEqual([true, false]);
  });
  it.each(MOST_IN_VIEWS)('%s: %i', (_what, limit, build) => {
    expect([validateView(build(limit)).ok, validateView(build(limit + 1)).ok]).toEqual([true, false]);
  });
  it('blocks of a message: 50', () => {
    expect(validateMessage({ blocks: list(50, divider) })).toEqual({ ok: true });
    expect(validateMessage({ blocks: list(51, divider) })).toMatchObject({ ok: false, error: 'invalid_blocks' });
  });
});

/** A block at its smallest and one below. */
const LEAST: Row[] = [
  ['characters of a text', 1, (n) => section({ text: plain(chars(n)) })],
  ['fields of a section', 1, (n) => section({ fields: list(n, plain('x')) })],
  ['elements of a context', 1, (n) => ({ type: 'context', elements: list(n, plain('x')) })],
  [
    'elements of an actions block',
    1,
    (n) => ({ type: 'actions', elements: list(n, { type: 'button', text: plain('x') }) }),
  ],
  ['options of a select', 1, (n) => select({ options: options(n) })],
  ['option groups', 1, (n) => select({ options: undefined, option_groups: groups(n) })],
  ['options of an overflow menu', 1, (n) => section({ accessory: { type: 'overflow', options: options(n) } })],
  ['radio buttons', 1, (n) => input({ type: 'radio_buttons', options: options(n) })],
  ['checkboxes', 1, (n) => input({ type: 'checkboxes', options: options(n) })],
  ['max_selected_items', 1, (n) => input({ type: 'multi_users_select', max_selected_items: n })],
  ['max_length', 1, (max_length) => input({ type: 'plain_text_input', max_length })],
  ['kinds of conversation', 1, (n) => input({ type: 'conversations_select', filter: { include: list(n, 'im') } })],
];
describe("Slack's minimums", () => {
  it.each(LEAST)('%s: %i', (_what, least, build) => {
    expect([inModal(build(least)), inModal(build(least - 1))]).toEqual([true, false]);
  });
  it('a min_length of 0, not less', () => {
    const build = (min_length: number) => input({ type: 'plain_text_input', min_length });
    expect([inModal(build(0)), inModal(build(-1))]).toEqual([true, false]);
  });
  it('a data table of a header and one row', () => {
    const build = (n: number) => ({ type: 'data_table', caption: 'x', rows: list(n, [cell]) });
    expect([inMessage(build(2)), inMessage(build(1))]).toEqual([true, false]);
  });
});

describe('rules within an element or block', () => {
  it.each<[string, unknown]>([
    ['an initial option that is not offered', select({ initial_option: option('9') })],
    [
      'an initial option of no group',
      select({ options: undefined, option_groups: groups(2), initial_option: option('9') }),
    ],
    [
      'one of several initial options not offered',
      input({ type: 'checkboxes', options: options(2), initial_options: [option('1'), option('2')] }),
    ],
    [
      'a radio button chosen that is not there',
      input({ type: 'radio_buttons', options: options(2), initial_option: option('2') }),
    ],
    ['both options and groups', select({ option_groups: groups(1) })],
    ['neither options nor groups', select({ options: undefined })],
    ['mrkdwn in a select', select({ options: [{ text: mrkdwn('*x*'), value: 'x' }] })],
    ['a url in a select', select({ options: [{ ...option('x'), url: 'https://example.com' }] })],
    ['an option without a value', select({ options: [{ text: plain('x') }] })],
    ['min_length above max_length', input({ type: 'plain_text_input', min_length: 3, max_length: 2 })],
    [
      'min_value above max_value',
      input({ type: 'number_input', is_decimal_allowed: false, min_value: '10', max_value: '9' }),
    ],
    ['a number written as a number', input({ type: 'number_input', is_decimal_allowed: false, min_value: 1 })],
    ['a number input that does not say decimals', input({ type: 'number_input' })],
    ['a day that does not exist', input({ type: 'datepicker', initial_date: '2026-02-30' })],
    ['a time of 24:00', input({ type: 'timepicker', initial_time: '24:00' })],
    ['a date and time in milliseconds', input({ type: 'datetimepicker', initial_date_time: 1_780_000_000_000 })],
    ['an empty filter', input({ type: 'conversations_select', filter: {} })],
    ['a button of no known style', button({ style: 'default' })],
    ['a button without a link', button({ url: 'cases' })],
    ['emoji in mrkdwn', section({ text: { ...mrkdwn('x'), emoji: true } })],
    ['verbatim in plain text', section({ text: { ...plain('x'), verbatim: true } })],
    ['mrkdwn in a header', { type: 'header', text: mrkdwn('x') }],
    ['a section of nothing', { type: 'section' }],
    ['an image from two places', { ...BLOCK_EXAMPLES.image, image_url: 'https://example.com/a.png' }],
    ['an image from nowhere', { type: 'image', alt_text: 'x' }],
    ['an image without alt_text', { type: 'image', image_url: 'https://example.com/a.png' }],
    ['a Slack file named twice', { ...BLOCK_EXAMPLES.image, slack_file: { id: 'F1', url: 'https://example.com' } }],
    ['a video without https', { ...BLOCK_EXAMPLES.video, video_url: 'http://example.com/v' }],
    ['null for an absent field', section({ accessory: null })],
  ])('refuses %s', (_what, block) => {
    expect(inModal(block)).toBe(false);
    expect(inMessage(block)).toBe(false);
  });
  it.each<[string, unknown]>([
    ['rows of different lengths', { ...BLOCK_EXAMPLES.data_table, rows: [[cell], [cell, cell]] }],
    ['rich text as a header cell', { ...BLOCK_EXAMPLES.data_table, rows: [[BLOCK_EXAMPLES.rich_text], [cell]] }],
    ['a card of an icon only', { type: 'card', icon: ELEMENT_EXAMPLES.image }],
    ['a container without a title', { type: 'container', child_blocks: [divider] }],
    ['a container in a container', { ...BLOCK_EXAMPLES.container, child_blocks: [BLOCK_EXAMPLES.container] }],
  ])('refuses %s', (_what, block) => {
    expect(inMessage(block)).toBe(false);
  });
});
