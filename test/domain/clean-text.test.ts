import fc from 'fast-check';
import { cleanText, lookAlike, lookAlikeFault, shown } from '../../src/domain/clean-text';

/** Characters whose meaning depends on those beside them. */
const UNSEEN = fc.constantFrom(...'ae1 \n\u0301\u200B\u200D\uFE0F\u20E3\u1100\u1161ש👩');

describe('cleaned text', () => {
  it.each([
    ['zero width spaces', 'SP100275\u200B', 'SP100275'],
    ['direction marks', '\u202ASP100275\u202C', 'SP100275'],
    ['direction isolates', '\u2066SP100275\u2069', 'SP100275'],
    ['soft hyphens', 'SP100\u00AD275', 'SP100275'],
    ['byte order marks', '\uFEFFSP100275\uFEFF', 'SP100275'],
    ['word joiners and fillers', 'SP\u2060100\u3164275\u115F', 'SP100275'],
    ['tags', 'SP100275\u{E0041}\u{E0042}', 'SP100275'],
    ['joiners among Latin letters', 'SP\u200D100\u200C275', 'SP100275'],
    ['selectors after Latin letters', 'SP\uFE0F100275', 'SP100275'],
    ['selectors after accents', 'SP100275e\u0301\uFE0F', 'SP100275é'],
    ['joiners after selectors', 'SP100275\uFE0F\u200Dש', 'SP100275ש'],
    ['controls, NUL and DOS’s end of file among them', '\0SP\u0007100275\x1A', 'SP100275'],
    ['halves of characters', 'SP100275\uD83D', 'SP100275'],
  ])('has no %s', (_, text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it.each([
    ['no-break and wide spaces as plain ones', '\u00A0Toys\u00A0R\u2003Us\u3000', 'Toys R Us'],
    ['every line end as one', 'a\r\nb\rc\u2028d\ne', 'a\nb\nc\nd\ne'],
    ['tabs', 'a\tb', 'a\tb'],
    ['accents in one piece', 'Cafe\u0301', 'Café'],
    ['emoji whole', 'Fixed 👩‍🔧 1️⃣ ❤️ today', 'Fixed 👩‍🔧 1️⃣ ❤️ today'],
    ['the joiners of scripts that need them', 'می‌خواهم', 'می‌خواهم'],
    ['names of any script', 'Łukasz Çelik, 株式会社, Ольга', 'Łukasz Çelik, 株式会社, Ольга'],
  ])('has %s', (_, text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it('does not change if cleaned again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: UNSEEN })), (text) => {
        const once = cleanText(text);
        expect(cleanText(once)).toBe(once);
        expect(once).not.toMatch(/[\u200B\u202A-\u202E\u00AD\uFEFF\r\0]/);
      }),
    );
  });
});

describe('a look-alike', () => {
  it.each([
    ['\u0405\u0420100275', { char: '\u0405', looksLike: 'S', script: 'Cyrillic' }],
    ['SP1\u039F0275', { char: '\u039F', looksLike: 'O', script: 'Greek' }],
    ['W\u0435st', { char: '\u0435', looksLike: 'e', script: 'Cyrillic' }],
    ['\u13DAP100275', { char: '\u13DA', looksLike: 'S', script: 'Cherokee' }],
  ])('in %s is found', (text, found) => {
    expect(lookAlike(text)).toEqual(found);
  });

  it.each(['SP-100275', 'Muñoz', 'Łódź', 'Ж1', '株式会社', ''])('is not found in %j', (text) => {
    expect(lookAlike(text)).toBeNull();
    expect(lookAlikeFault(text)).toBeNull();
  });

  it('is named with its script and the letter it looks like', () => {
    expect(lookAlikeFault('S\u0420100275')).toBe('has a Cyrillic “\u0420” that looks like a Latin “P”: type it again');
    expect(lookAlikeFault('\u054FP1')).toContain('has an Armenian');
  });

  it('belongs to the named script, and looks like one ASCII letter', () => {
    for (const [script, from, to] of [
      ['Cyrillic', 0x400, 0x530],
      ['Greek', 0x370, 0x400],
      ['Armenian', 0x530, 0x590],
      ['Cherokee', 0x13a0, 0x1400],
    ] as const) {
      const found = Array.from({ length: to - from }, (_, i) => lookAlike(String.fromCodePoint(from + i))).filter(
        (one) => one !== null,
      );
      expect(found.length).toBeGreaterThan(8);
      for (const one of found) {
        expect(one.script).toBe(script);
        expect(one.looksLike).toMatch(/^[A-Za-z]$/);
      }
    }
  });
});

it('a value is shown on one line and cut between characters if it is long', () => {
  expect(shown('Toys\nR\tUs')).toBe('Toys R Us');
  expect(shown('x'.repeat(40))).toBe('x'.repeat(40));
  expect(shown('x'.repeat(5000))).toBe(`${'x'.repeat(39)}…`);
  expect(shown('😀'.repeat(5000))).toBe(`${'😀'.repeat(39)}…`);
  expect(shown(`a${' '.repeat(5000)}b`)).toBe('a …');
});
