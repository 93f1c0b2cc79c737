import fc from 'fast-check';
import { dateToken, escapeText, escapeWithin, isolated, plainText, richText, truncate } from '../../src/blocks/text';

const anyText = fc.string({ unit: 'binary', maxLength: 80 });

describe('escaping', () => {
  it('makes mentions, links and dates literal', () => {
    expect(escapeText('<!channel> & <@U1> &amp;')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt; &amp;amp;');
  });

  it('fits the limit and never splits an escape', () => {
    expect(escapeWithin('a<b<c', 20)).toBe('a&lt;b&lt;c');
    expect(escapeWithin('a<b<c', 8)).toBe('a&lt;b…');
    expect(escapeWithin('<<<', 4)).toBe('…');
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '&', 'x', '😀') }),
        fc.integer({ min: 1, max: 40 }),
        (text, max) => {
          const written = escapeWithin(text, max);
          expect(written.length).toBeLessThanOrEqual(max);
          expect(written).toMatch(/^(?:&amp;|&lt;|&gt;|x|😀)*…?$/u);
        },
      ),
    );
  });
});

describe('truncation', () => {
  it('leaves text that fits alone and marks a cut', () => {
    expect(truncate('abc', 3)).toBe('abc');
    expect(truncate('abcd', 3)).toBe('ab…');
    expect(truncate('a😀b', 3)).toBe('a…');
  });

  it('never exceeds its limit nor splits a character', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 60 }), (text, max) => {
        const cut = truncate(text, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut === text || text.startsWith(cut.slice(0, -1))).toBe(true);
        expect([...cut].every((character) => text.includes(character) || character === '…')).toBe(true);
      }),
    );
  });
});

it('builds valid text objects, whatever a person typed', () => {
  expect(plainText('').text).toBe('-');
  expect(plainText('<@U1>')).toEqual({ type: 'plain_text', text: '<@U1>', emoji: false });
  expect(richText('*a* <@U1>', 'b')).toEqual({
    type: 'rich_text',
    block_id: 'b',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '*a* <@U1>' }] }],
  });
});

it("writes a date in the reader's own zone, with UTC as a fallback", () => {
  expect(dateToken(new Date('2026-03-01T17:30:45.900Z'))).toBe(
    '<!date^1772386245^{date_short_pretty} at {time}|2026-03-01 17:30 UTC>',
  );
});

describe('a name with formatting characters', () => {
  const name = '*Star* & _Sons_ :ice: ~HVAC~ `24/7` Heating:fire:';

  it('is unchanged in plain text, without active emoji names', () => {
    expect(plainText(name)).toEqual({ type: 'plain_text', text: name, emoji: false });
  });

  it('has no formatting inside mrkdwn, and looks the same', () => {
    const written = escapeWithin(name, 200);
    expect(written).not.toMatch(/[*_~`]|:[a-z]+:/);
    expect(written).toBe('∗Star∗ &amp; ˍSonsˍ ꞉ice꞉ ∼HVAC∼ ˋ24/7ˋ Heating꞉fire꞉');
    expect(escapeWithin('09:00-17:00, 5 * 3, a_b, ~5', 99)).toBe('09:00-17:00, 5 * 3, a_b, ~5');
  });

  it('keeps the numbers next to it in their places if it is written from right to left', () => {
    expect(isolated('שירות 24')).toBe('\u2068שירות 24\u2069');
    expect(isolated('Ace Plumbing')).toBe('Ace Plumbing');
    expect(escapeWithin('צפון 2', 99)).toBe('\u2068צפון 2\u2069');
    expect(escapeWithin('\u2068צפון\u2069', 99)).toBe('\u2068צפון\u2069');
    expect(escapeWithin('צפון'.repeat(9), 9)).toBe('\u2068צפוןצפ…\u2069');
  });
});
