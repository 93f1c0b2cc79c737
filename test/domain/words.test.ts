import fc from 'fast-check';
import { MOST_WORDS, wantedWords, wordsIn, wordsOf } from '../../src/domain/words';
import { filedCase, MONDAY } from '../support/cases';

describe('the words of a text', () => {
  it.each([
    ['The TECHNICIAN left.', ['the', 'technician', 'left']],
    ['José’s café, Müller-Straße 7b', ['joses', 'cafe', 'muller', 'straße', '7b']],
    ["don't a I 42 x", ['dont', '42']],
    ['ＡＢＣ１２３', ['abc123']],
    ['Ремонт холодильника', ['ремонт', 'холодильника']],
    ['سخان المياه', ['سخان', 'المياه']],
    ['… -- !?', []],
  ])('%s', (text, words) => {
    expect(wordsIn(text)).toEqual(words);
  });

  it('are found however the text was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const stored = wordsIn(text);
        for (const form of ['NFC', 'NFD'] as const) expect(wordsIn(text.normalize(form))).toEqual(stored);
        expect(stored.flatMap(wordsIn)).toEqual(stored);
      }),
    );
  });

  it('are cut at forty characters', () => {
    expect(wordsIn('x'.repeat(3000))).toEqual(['x'.repeat(40)]);
  });
});

describe('a search for words', () => {
  it('is every word once; one with * at its end matches its beginning', () => {
    expect(wantedWords(' Leaking tap, leaking  WATER* ')).toEqual({
      ok: true,
      value: [
        { word: 'leaking', begins: false },
        { word: 'tap', begins: false },
        { word: 'water', begins: true },
      ],
    });
  });

  it('has a word whole although a byte order mark was pasted into it', () => {
    expect(wantedWords('leak\uFEFFing')).toEqual({ ok: true, value: [{ word: 'leaking', begins: false }] });
  });

  it.each([
    ['', 'at least one word'],
    ['? a', 'at least one word'],
    ['le*', 'at least three letters'],
    ['one two three four five six seven eight nine ten eleven', '11 words'],
  ])('%s is refused with a reason', (typed, reason) => {
    const wanted = wantedWords(typed);
    expect(wanted.ok ? '' : wanted.fault).toContain(reason);
  });
});

describe('the words of a case', () => {
  const { facts } = filedCase();
  const note = (text: string) => ({ id: text, by: 'U0DANA', at: MONDAY, text, edited: false });

  it('are those of its title, SP, written answers, outcome, notes and contacts, without codes', () => {
    const words = wordsOf({
      ...facts,
      answers: { reason: 'customer_feedback', customer_details: 'Zebra stripes' },
      notes: [note('a giraffe called')],
      contacts: [{ at: MONDAY, by: 'U0DANA', reached: true, text: 'promised okapi' }],
      resolution: { outcome: 'coaching_given', text: 'told the tapir', by: 'U0DANA', at: MONDAY },
    });
    for (const word of ['recall', 'reassignment', 'ace', 'plumbing', 'giraffe', 'okapi', 'tapir'])
      expect(words).toContain(word);
    expect(words).not.toContain('customer_feedback');
    expect(new Set(words).size).toBe(words.length);
  });

  it('are limited, with the newest notes first', () => {
    const notes = ['first', 'last'].map((word) => note(Array.from({ length: 900 }, (_, i) => `${word}${i}`).join(' ')));
    const words = wordsOf({ ...facts, notes });
    expect(words).toHaveLength(MOST_WORDS);
    expect(words).toContain('last899');
    expect(words).not.toContain('first899');
  });
});
