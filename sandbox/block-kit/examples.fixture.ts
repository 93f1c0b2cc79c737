import type { InputBlockElement, KnownBlock, SectionBlockAccessory } from '@slack/types';
import type { JsonObject } from '../client-protocol';

/** What goes over the wire: plain JSON, whatever type the builder had. */
export const wire = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value));

export const plain = (text: string) => ({ type: 'plain_text' as const, text });
export const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text });
export const option = (value: string) => ({ text: plain(`Option ${value}`), value });
export const options = (count: number) => Array.from({ length: count }, (_, index) => option(String(index)));
export const chars = (count: number) => 'x'.repeat(count);

export const input = (element: object, over: object = {}) =>
  wire({ type: 'input', label: plain('SJ Number'), element, ...over });
export const modal = (blocks: readonly unknown[], over: object = {}) =>
  wire({ type: 'modal', title: plain('SP feedback'), submit: plain('Submit'), blocks, ...over });
export const home = (blocks: readonly unknown[], over: object = {}) => wire({ type: 'home', blocks, ...over });

const picture = { type: 'image' as const, image_url: 'https://example.com/map.png', alt_text: 'Map of the area' };
const confirm = {
  title: plain('Void?'),
  text: mrkdwn('It *stays* on record'),
  confirm: plain('Void'),
  deny: plain('Keep'),
};
const richText = (text: string) => ({
  type: 'rich_text' as const,
  elements: [{ type: 'rich_text_section' as const, elements: [{ type: 'text' as const, text }] }],
});
const placeholder = plain('Choose');

type Interactive = InputBlockElement | SectionBlockAccessory;
/** One element of every type that @slack/types knows for input and section blocks, with most of what it may carry. */
export const ELEMENT_EXAMPLES: { [Type in Interactive['type']]: Extract<Interactive, { type: Type }> } = {
  button: {
    type: 'button',
    action_id: 'acknowledge',
    text: plain('Acknowledge'),
    value: 'SPF-000123',
    url: 'https://example.com/cases',
    style: 'primary',
    accessibility_label: 'Acknowledge SPF-000123',
    confirm,
  },
  channels_select: { type: 'channels_select', initial_channel: 'C123', response_url_enabled: true, placeholder },
  checkboxes: {
    type: 'checkboxes',
    options: [{ text: mrkdwn('*Late*'), value: 'late', description: plain('By an hour or more') }, option('rude')],
    initial_options: [option('rude')],
    focus_on_load: true,
  },
  conversations_select: {
    type: 'conversations_select',
    default_to_current_conversation: true,
    filter: { include: ['public', 'private'], exclude_bot_users: true },
    placeholder,
  },
  datepicker: { type: 'datepicker', initial_date: '2026-02-28', placeholder, confirm },
  datetimepicker: { type: 'datetimepicker', initial_date_time: 1_780_000_000 },
  email_text_input: { type: 'email_text_input', initial_value: 'am@example.com', placeholder },
  external_select: { type: 'external_select', min_query_length: 2, initial_option: option('1001'), placeholder },
  file_input: { type: 'file_input', filetypes: ['png', 'pdf'], max_files: 10 },
  image: picture,
  multi_channels_select: { type: 'multi_channels_select', initial_channels: ['C123'], max_selected_items: 3 },
  multi_conversations_select: {
    type: 'multi_conversations_select',
    initial_conversations: ['C123'],
    filter: { exclude_external_shared_channels: true },
  },
  multi_external_select: { type: 'multi_external_select', initial_options: [option('1001')], min_query_length: 0 },
  multi_static_select: {
    type: 'multi_static_select',
    option_groups: [{ label: plain('Conduct'), options: options(3) }],
    initial_options: [option('2')],
    max_selected_items: 2,
  },
  multi_users_select: { type: 'multi_users_select', initial_users: ['U123'], max_selected_items: 1 },
  number_input: {
    type: 'number_input',
    is_decimal_allowed: true,
    initial_value: '1.5',
    min_value: '-1',
    max_value: '10',
  },
  overflow: { type: 'overflow', options: [{ ...option('void'), url: 'https://example.com/void' }], confirm },
  plain_text_input: {
    type: 'plain_text_input',
    multiline: true,
    min_length: 1,
    max_length: 3000,
    initial_value: 'The customer says',
    dispatch_action_config: { trigger_actions_on: ['on_enter_pressed', 'on_character_entered'] },
    focus_on_load: false,
    placeholder,
  },
  radio_buttons: { type: 'radio_buttons', options: options(2), initial_option: option('1'), confirm },
  rich_text_input: { type: 'rich_text_input', initial_value: richText('Hello'), min_lines: 2, max_lines: 8 },
  static_select: { type: 'static_select', options: options(3), initial_option: option('0'), placeholder },
  timepicker: { type: 'timepicker', initial_time: '09:00', timezone: 'America/Chicago' },
  url_text_input: { type: 'url_text_input', initial_value: 'https://example.com/call' },
  users_select: { type: 'users_select', initial_user: 'U123', placeholder },
  workflow_button: {
    type: 'workflow_button',
    text: plain('Start'),
    workflow: {
      trigger: {
        url: 'https://slack.com/shortcuts/Ft1/2',
        customizable_input_parameters: [{ name: 'sj', value: '1' }],
      },
    },
  },
};

const card = { type: 'card' as const, title: mrkdwn('*SP*'), body: mrkdwn('Open'), actions: [ELEMENT_EXAMPLES.button] };
const task = {
  type: 'task_card' as const,
  task_id: 't1',
  title: 'Call the SP',
  status: 'pending' as const,
  details: richText('Twice'),
  sources: [{ type: 'url' as const, url: 'https://example.com', text: 'Call' }],
};

/** One block of every type that @slack/types knows. */
export const BLOCK_EXAMPLES: { [Type in KnownBlock['type']]: Extract<KnownBlock, { type: Type }> } = {
  actions: { type: 'actions', block_id: 'moves', elements: [ELEMENT_EXAMPLES.button, ELEMENT_EXAMPLES.overflow] },
  alert: { type: 'alert', text: mrkdwn('Out of *hours*'), level: 'warning' },
  card,
  carousel: { type: 'carousel', elements: [card, card] },
  container: {
    type: 'container',
    title: plain('History'),
    subtitle: mrkdwn('since May'),
    child_blocks: [{ type: 'divider' }, { type: 'section', text: plain('Acknowledged') }],
    width: 'wide',
    is_collapsible: true,
    default_collapsed: true,
  },
  context: { type: 'context', elements: [picture, plain('plain'), mrkdwn('_mrkdwn_')] },
  context_actions: {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        positive_button: { text: plain('Good'), value: 'good' },
        negative_button: { text: plain('Bad'), value: 'bad', accessibility_label: 'Not good' },
      },
      { type: 'icon_button', icon: 'trash', text: plain('Delete'), visible_to_user_ids: ['U123'], confirm },
    ],
  },
  data_table: {
    type: 'data_table',
    caption: 'Calls per SP',
    rows: [
      [
        { type: 'raw_text', text: 'SP' },
        { type: 'raw_text', text: 'Calls' },
      ],
      [richText('1001'), { type: 'raw_number', value: 3, text: '3' }],
    ],
    page_size: 10,
    row_header_column_index: 0,
  },
  divider: { type: 'divider' },
  file: { type: 'file', source: 'remote', external_id: 'F-1' },
  header: { type: 'header', text: { ...plain('SPF-000123'), emoji: true } },
  image: { type: 'image', slack_file: { id: 'F123' }, alt_text: 'Photo of the part', title: plain('Part') },
  input: {
    type: 'input',
    block_id: 'sj',
    label: plain('SJ Number'),
    hint: plain('Digits only'),
    optional: true,
    dispatch_action: true,
    element: { type: 'plain_text_input', action_id: 'sj' },
  },
  markdown: { type: 'markdown', text: '# Notes' },
  plan: { type: 'plan', title: 'Next', tasks: [task] },
  rich_text: {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: 'with ', style: { bold: true, italic: true, strike: true, code: true } },
          { type: 'user', user_id: 'U123' },
          { type: 'channel', channel_id: 'C123' },
          { type: 'usergroup', usergroup_id: 'S123' },
          { type: 'team', team_id: 'T123' },
          { type: 'broadcast', range: 'here' },
          { type: 'emoji', name: 'wave' },
          { type: 'link', url: 'https://example.com', text: 'the call' },
          { type: 'date', timestamp: 1_780_000_000, format: '{date}', fallback: 'in May' },
          { type: 'color', value: '#ff0000' },
        ],
      },
      {
        type: 'rich_text_list',
        style: 'ordered',
        indent: 1,
        border: 1,
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'first' }] }],
      },
      { type: 'rich_text_quote', border: 0, elements: [{ type: 'text', text: 'He was rude' }] },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: '42' }] },
    ],
  },
  section: {
    type: 'section',
    text: { ...mrkdwn('*SP* 1001'), verbatim: true },
    fields: [plain('SJ'), mrkdwn('*204*')],
    accessory: ELEMENT_EXAMPLES.button,
    expand: true,
  },
  table: {
    type: 'table',
    rows: [[{ type: 'raw_text', text: 'SP' }, { type: 'raw_number', value: 1, text: '1' }, richText('one')]],
    column_settings: [{ align: 'right', is_wrapped: true }],
  },
  task_card: task,
  video: {
    type: 'video',
    video_url: 'https://example.com/v',
    thumbnail_url: 'https://example.com/t.png',
    alt_text: 'Training',
    title: plain('Training'),
    title_url: 'https://example.com/v',
    author_name: 'Trainer',
    provider_name: 'Training site',
    description: plain('How to call ahead'),
  },
};
