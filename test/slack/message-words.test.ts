import { messageWords, type Names, namesWanted } from '../../src/slack/message-words';
import { readSource } from '../../src/slack/read-message';

const NOBODY: Names = { user: () => null, channel: () => null, group: () => null };
const NAMES: Names = {
  user: (id) => (id === 'U0DANA' ? 'Dana Diaz' : null),
  channel: (id) => (id === 'C0EAST' ? 'am-east' : null),
  group: (id) => (id === 'S0AMS' ? 'ams' : null),
};
const rich = (...elements: object[]) => ({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] });

describe("Slack's replacements for what was typed", () => {
  it.each<[string, string]>([
    [
      '<@U0DANA> ask <!subteam^S0AMS|@ams>, see <https://ex.example/a?b=1&amp;c=2|the page>, <tel:+14155550101|+1 415 555 0101> in <#C0X|am-east> :white_check_mark: &lt;b&gt;',
      '@Dana Diaz ask @ams, see the page (https://ex.example/a?b=1&c=2), +1 415 555 0101 in #am-east ✅ <b>',
    ],
    [
      '<@U0NEW> <@U0NEW|newt> <!subteam^S0AMS> <!subteam^S0NEW> <#C0EAST> <#C0NEW|>',
      '@U0NEW @newt @ams @S0NEW #am-east #C0NEW',
    ],
    ['<!here> <!channel|@channel> <!everyone>', '@here @channel @everyone'],
    [
      '<mailto:sp@ace.example|sp@ace.example> <mailto:sp@ace.example|write> <http://ace.example|ace.example>',
      'sp@ace.example write (sp@ace.example) ace.example',
    ],
    ['<!date^1793638900^{date_short}|Nov 2> <!date^1793638900^{date_short}>', 'Nov 2 2026-11-02 17:01 UTC'],
    [':+1::skin-tone-3: :flag-us: :no_such: at 10:30:45, 1:100:2', '👍🏼 🇺🇸 :no_such: at 10:30:45, 1:100:2'],
    ['&amp;lt; is how &lt; is written', '&lt; is how < is written'],
    ['<tel:4155550101|call me> <tel:4111111111111111|4111 1111 1111 1111>', 'call me (4155550101) 4111 1111 1111 1111'],
    ['<https://pay.example/?c=4111%201111%201111%201111|pay>', 'pay (https://pay.example/?c=4111 1111 1111 1111)'],
    ['<https://ex.example/%20a+b|page>', 'page (https://ex.example/%20a+b)'],
  ])('%s', (text, words) => {
    expect(messageWords({ text }, NAMES)).toBe(words);
  });

  it('asks only for names that it does not have', () => {
    expect(namesWanted({ text: '<@U0DANA> <#C0X|am-east> <#C0EAST> <!subteam^S0AMS|@ams> <!subteam^S0B>' })).toEqual({
      users: ['U0DANA'],
      channels: ['C0EAST'],
      groups: ['S0B'],
    });
  });
});

describe('messages whose words are not in their text', () => {
  it.each<[string, object, string]>([
    [
      'forwarded',
      {
        text: '',
        attachments: [
          {
            is_share: true,
            is_msg_unfurl: true,
            author_name: 'Tom Reyes',
            text: 'SP promised &lt;9 am&gt;',
            files: [{ name: 'gate.jpg' }],
          },
        ],
      },
      'Forwarded from Tom Reyes: SP promised <9 am> [file: gate.jpg]',
    ],
    [
      'forwarded, its words in blocks',
      {
        text: 'please see',
        attachments: [
          {
            is_share: true,
            author_id: 'U0DANA',
            message_blocks: [{ message: { blocks: [rich({ type: 'text', text: 'Tuesday' })] } }],
          },
        ],
      },
      'please see\nForwarded from Dana Diaz: Tuesday',
    ],
    [
      'a link with its preview',
      {
        text: 'see <https://ex.example>',
        attachments: [{ from_url: 'https://ex.example', title: 'Example', text: 'Buy now' }],
      },
      'see https://ex.example',
    ],
    [
      'a ticket of a help desk',
      {
        subtype: 'bot_message',
        text: '',
        attachments: [
          {
            fallback: 'Ticket 88',
            title: 'Ticket 88',
            text: 'SP100275 never came',
            fields: [{ title: 'Caller', value: 'Ms. Q' }],
          },
        ],
      },
      'Ticket 88\nSP100275 never came\nCaller: Ms. Q',
    ],
    ['an attachment with a fallback alone', { attachments: [{ fallback: 'Ticket 89' }] }, 'Ticket 89'],
    [
      'blocks',
      {
        text: "This content can't be displayed.",
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: 'Ticket :tada:' } },
          {
            type: 'section',
            text: { type: 'mrkdwn', text: '<@U0DANA> late &amp; rude' },
            fields: [{ type: 'mrkdwn', text: 'SJ 5' }],
          },
          { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Press' } }] },
          { type: 'image', alt_text: 'a gate' },
        ],
      },
      'Ticket 🎉\n@Dana Diaz late & rude\nSJ 5\n[image: a gate]',
    ],
    [
      'rich text',
      {
        blocks: [
          rich(
            { type: 'user', user_id: 'U0DANA' },
            { type: 'text', text: ' <b> ' },
            { type: 'emoji', name: 'custom' },
            { type: 'emoji', name: 'us', unicode: '1f1fa-1f1f8' },
            { type: 'link', url: 'https://ex.example', text: 'x' },
          ),
          {
            type: 'rich_text',
            elements: [
              {
                type: 'rich_text_list',
                style: 'ordered',
                elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'one' }] }],
              },
            ],
          },
        ],
      },
      '@Dana Diaz <b> :custom:🇺🇸x (https://ex.example)\n1. one',
    ],
    [
      'files',
      { files: [{ name: 'door.jpg' }, { filetype: 'quip', title: 'Plan' }, { mode: 'tombstone' }, {}] },
      '[file: door.jpg]\n[canvas: Plan]\n[a file that was deleted]\n[file: unnamed]',
    ],
    [
      'a huddle',
      {
        subtype: 'huddle_thread',
        text: '',
        room: { created_by: 'U0DANA', participant_history: ['U0DANA', 'U0TOM'], date_start: 1000, date_end: 1720 },
      },
      '[huddle of 12 min with Dana Diaz, U0TOM]',
    ],
    ['nothing', { text: '', blocks: [], attachments: [] }, ''],
  ])('%s', (_what, message, words) => {
    expect(messageWords(message, NAMES)).toBe(words);
  });

  it('is read quickly and without throwing, whatever Slack or an app sends', () => {
    const nested = { attachments: [{ is_share: true, message_blocks: [{ message: null as unknown }] }] };
    nested.attachments[0]?.message_blocks.splice(0, 1, { message: nested });
    const strange = [
      null,
      1,
      'x',
      [],
      { text: 5, blocks: 'x', attachments: {}, files: [null, 1] },
      { blocks: [null, { type: 'rich_text' }] },
      nested,
    ];
    for (const message of strange) expect(typeof messageWords(message, NOBODY)).toBe('string');
    const started = performance.now();
    for (const text of ['<'.repeat(40_000), ':a'.repeat(20_000), '<@'.repeat(20_000), '&'.repeat(40_000)])
      messageWords({ text }, NOBODY);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

it('a message that names no writer and no thread is the source of a report all the same', () => {
  const message = { ts: '1.1', thread_ts: null, user: null, text: 'Ticket 88' };
  const source = readSource({ channel: { id: 'C0DESK' }, message });
  expect(source).toEqual({ channel: 'C0DESK', ts: '1.1', threadTs: '1.1', author: null, message });
});
