import { NumberRules, numbersOf, STANDARD_NUMBERS } from '../../src/domain/forms/numbers';
import { accountsIn, plainTyped, readTyped } from '../../src/domain/typed-words';

const DIRECTORY = new Set(['SP100275', 'SP100328', 'ACC100', 'SP-10442', '778899']);
const read = (typed: string, known: ReadonlySet<string> = DIRECTORY, numbers = STANDARD_NUMBERS) => {
  const text = plainTyped(typed);
  return readTyped(text, new Set(accountsIn(text, numbers).filter((account) => known.has(account))), numbers);
};
const BOTH = { account: 'SP100275', sj: '556677' };

describe('both numbers, in any order and with any separator', () => {
  test.each([
    'SP100275 556677',
    'sp100275 556677',
    'SP 100275 556677',
    '556677 SP100275',
    '556677 SP 100275',
    'SP100275, 556677',
    'SP100275,556677',
    'SP100275;556677',
    'SP100275/556677',
    'SP100275 / 556677',
    'SP100275|556677',
    'SP100275\t556677',
    'SP100275\n556677',
    'SP100275 - 556677',
    'SP100275-556677',
    'sp100275 — 556677',
    'SP100275–556677',
    '#SP100275 SJ# 556677',
    'SP# 100275 SJ# 556677',
    'SP #SP100275, SJ #556677',
    'SP: SP100275 SJ: 556677',
    'SP account SP100275 SJ 556677',
    'SP account number 100275, SJ number 556677',
    'account no. SP100275 job no. 556677',
    'SJ556677 SP100275',
    'SJ-556677 SP100275',
    '“SP100275” 556677',
    '"SP100275" "556677"',
    "'SP100275' 556677",
    '(SP100275) [556677]',
    '*SP100275* 556677',
    '_SP100275_ `556677`',
    '~SP100275~ 556677.',
    'SP100275 556 677',
    'SP100275 556-677',
    'SP-100275 556677',
    'sp100275sj556677',
    'SP100275-SJ-556677',
    '100275 556677',
    '556677 100275',
    '100275,556677',
    '100275/556677',
    'SP100275\u200b 556677\u200b',
    '\u202aSP100275\u202c 556677',
    'SP100275\u00ad 556677',
    'SP100275\u00a0556677',
    'ＳＰ１００２７５ ５５６６７７',
    'SP100275 <tel:556677|556677>',
    '<tel:100275|SP100275> 556677',
  ])('%j', (typed) => expect(read(typed, new Set(['SP100275']))).toEqual({ ...BOTH, doubtful: false }));
});

describe('text next to the numbers', () => {
  test.each<[string, object]>([
    ['SP100275 556677 on time, great work', { ...BOTH, details: 'on time, great work' }],
    ['SP100275 556677: never came. 3 calls', { ...BOTH, details: 'never came. 3 calls' }],
    ['SP100275 556677 - the job was fine', { ...BOTH, details: 'the job was fine' }],
    ['SP100275 556677 SP never came', { ...BOTH, details: 'SP never came' }],
    ['SP100275 556677 call +1 (415) 555-0101 back', { ...BOTH, details: 'call +1 (415) 555-0101 back' }],
    ['SP100275 556677 asked $1250 for it', { ...BOTH, details: 'asked $1250 for it' }],
    ['customer says SP100275 556677 never came', { ...BOTH, details: 'customer says SP100275 556677 never came' }],
    ['SP100275 never came to 556677', { ...BOTH, details: 'never came to 556677' }],
    ['SP100275\t556677\tCascade', BOTH],
    ['Pacific Plumbing 556677', { sj: '556677', name: 'Pacific Plumbing' }],
    ['Pacific Plumbing SJ 556677 late again', { sj: '556677', name: 'Pacific Plumbing', details: 'late again' }],
    ['24/7 Heating 556677', { sj: '556677', name: '24/7 Heating' }],
    ['Pacific Plumbing', { name: 'Pacific Plumbing' }],
    ['SP100275', { account: 'SP100275' }],
    ['100275', { account: 'SP100275' }],
    ['556677', { sj: '556677' }],
    ['SP100275 556677 *never* came', { ...BOTH, details: '*never* came' }],
    ['SP100275 2026-11-30 556677', { ...BOTH, details: '2026-11-30 556677' }],
    ['SP100275 556677 2 hours late', { ...BOTH, details: '2 hours late' }],
    ['SP=100275&SJ=556677', BOTH],
    ['SP100275 55667 blocked the road', { account: 'SP100275', sj: '55667', details: 'blocked the road' }],
    ['SP100275 556 677 415-555-0101', { ...BOTH, details: '415-555-0101' }],
    ['case SP999999 556677', { account: 'SP999999', sj: '556677', details: 'case SP999999 556677' }],
    ['556 677 100275', BOTH],
    ['Re: 556 677 - 100275', { ...BOTH, details: 'Re: 556 677 - 100275' }],
    ['H2O Plumbing 556677', { sj: '556677', name: 'H2O Plumbing' }],
    ['A-1 Appliance 556677', { sj: '556677', name: 'A-1 Appliance' }],
    ['24HR Towing 55667', { sj: '55667', name: '24HR Towing' }],
    [
      'SP999999 VIN 1HGCM82633A004352 556677',
      { account: 'SP999999', sj: '556677', details: 'VIN 1HGCM82633A004352 556677' },
    ],
    ['SJ 556677', { sj: '556677' }],
    ['job #556677', { sj: '556677' }],
    ['acc 100 556677', { account: 'ACC100', sj: '556677' }],
    ['sp 10442 556677', { account: 'SP-10442', sj: '556677' }],
    ['', {}],
    ['   ', {}],
  ])('%j', (typed, expected) => expect(read(typed)).toEqual({ ...expected, doubtful: expect.any(Boolean) }));
});

describe('an account that the directory does not have', () => {
  test.each<[string, object]>([
    ['SP999999 556677', { account: 'SP999999', sj: '556677' }],
    ['556677 sp999999', { account: 'SP999999', sj: '556677' }],
    ['SP#SP999999 556677', { account: 'SP999999', sj: '556677' }],
    ['SP 999999 556677', { sj: '556677' }],
    ['SP999999-556677', {}],
    ['999999 556677', {}],
  ])('%j', (typed, expected) => {
    const { doubtful: _, ...found } = read(typed);
    expect(found).toEqual(expected);
  });
});

describe('a doubtful number is left out', () => {
  test.each<[string, object]>([
    ['SP100275 SP100328 556677', { sj: '556677' }],
    ['SP100275 556677 556678', { account: 'SP100275' }],
    ['100275 778899', {}],
    ['415-555-0101', {}],
    ['SP100275 415-555-0101', { account: 'SP100275' }],
    ['SP100275 <tel:+14155550101|(415) 555-0101>', { account: 'SP100275' }],
    ['SP100275 called 4155550101', { account: 'SP100275' }],
    ['SP100275 12 34', { account: 'SP100275' }],
    ['SP100275 $55667', { account: 'SP100275' }],
    ['SP100275 55 66 77', { account: 'SP100275' }],
    ['SP100275 came at 9am', { account: 'SP100275' }],
    ['\u0405\u0420100275 556677', { sj: '556677' }],
  ])('%j', (typed, expected) => {
    const { account, sj } = read(typed);
    expect({ ...(account && { account }), ...(sj && { sj }) }).toEqual(expected);
  });

  test.each([
    '123-45-6789',
    '+18005550142',
    '1-800-555-0142',
    '+44 20 7946 0958',
    '(415) 555-0142',
    '2026-11-30',
    '11/30/2026 55667',
    '11/30/2026 12345 Main St',
    '98101-1234',
    '12345 Main St',
    '12500 dollars',
    '¥55667',
    'invoice no. 556677',
    'ticket #556677',
    'tel: 555 6677',
  ])('%s is no job, and part of the story', (other) => {
    expect(read(`SP100275 ${other}`)).toEqual({ account: 'SP100275', details: other, doubtful: false });
  });

  test.each([
    'SP100275 55667 788',
    'SP100275 SJ 55667 7',
    'SP100275 55 667788',
    'SP100275 089 1234567',
    'SP100275; 5566 7788 98101',
  ])('%s: part of a number is no number', (typed) => expect(read(typed)).not.toHaveProperty('sj'));

  test('and reported', () => {
    expect(read('999999 556677').doubtful).toBe(true);
    expect(read('SP100275 556677').doubtful).toBe(false);
    expect(read('SP100275 556677 with 123456 in the story').doubtful).toBe(false);
  });
});

test('a text of any size is parsed quickly, with only a few accounts looked up', () => {
  const text = plainTyped(Array.from({ length: 3000 }, (_, i) => `SP${i + 1000} ${i + 10_000}`).join(' '));
  expect(accountsIn(text, STANDARD_NUMBERS).length).toBeLessThanOrEqual(16);
  expect(readTyped(text, new Set(), STANDARD_NUMBERS)).toMatchObject({ doubtful: true });
});

describe("numbers in the business's formats", () => {
  const numbers = numbersOf(
    NumberRules.parse({
      sp_account: { pattern: '[a-z]{2}[0-9]{4}', example: 'PX1234' },
      sj: { pattern: 'JOB-[0-9]{4}-[0-9]{5}', example: 'JOB-2024-00017' },
    }),
  );
  const own = (typed: string) => read(typed, new Set(['PX1234']), numbers);

  test.each<[string, object]>([
    ['PX1234 JOB-2024-00017', {}],
    ['JOB-2024-00017 PX1234', {}],
    ['px1234, job-2024-00017', {}],
    ['SP# PX1234 SJ# JOB-2024-00017', {}],
    ['PX1234 JOB‑2024‑00017', {}],
    ['PX1234 JOB-2024-00017 never came', { details: 'never came' }],
    ['PX1234 JOB-2024-00017: order 556677 again', { details: 'order 556677 again' }],
  ])('%j', (typed, more) =>
    expect(own(typed)).toEqual({ account: 'PX1234', sj: 'JOB-2024-00017', doubtful: false, ...more }),
  );

  test('what does not fit is left out, never guessed', () => {
    expect(own('PX1234 556677')).not.toHaveProperty('sj');
    expect(own('PX1234 JOB-2024-17')).not.toHaveProperty('sj');
    expect(own('ZZ99999 JOB-2024-00017')).toMatchObject({ sj: 'JOB-2024-00017' });
    expect(own('ZZ99999 JOB-2024-00017')).not.toHaveProperty('account');
  });

  test('a fault names the example', () => {
    expect(numbers.parseSjNumber('556677')).toEqual({
      ok: false,
      fault: 'Type the SJ number: one such as JOB-2024-00017.',
    });
  });

  test.each([
    ['[0-9', '123', 'pattern', 'cannot be read'],
    ['(?=a)a1', 'a1', 'pattern', 'cannot be read'],
    ['[0-9]*', '123', 'pattern', 'matches nothing at all'],
    ['[0-9]{5}', '1234', 'example', 'does not match 1234'],
    ['[0-9]+/[0-9]+', '12/34', 'example', 'letters, digits and dashes only'],
    ['[a-z]+', 'abc', 'example', 'needs a digit'],
  ])('%s with the example %s is refused at its field', (pattern, example, field, words) => {
    const { error } = NumberRules.safeParse({ sj: { pattern, example } });
    expect(error?.issues[0]).toMatchObject({ path: ['sj', field], message: expect.stringContaining(words) });
  });

  test('a pattern that would hang other engines is matched quickly', () => {
    const slow = numbersOf(NumberRules.parse({ sj: { pattern: '([0-9]+)+X', example: '1X' } }));
    const from = performance.now();
    expect(slow.parseSjNumber('1'.repeat(40)).ok).toBe(false);
    expect(performance.now() - from).toBeLessThan(200);
  });
});

describe('a number that looks right but is not', () => {
  const { parseSpAccount, parseSjNumber } = STANDARD_NUMBERS;

  it.each(['\u200b', '\u202a', '\u00ad', '\ufeff', '\u2060'])(
    'is accepted without invisible characters (%j)',
    (unseen) => {
      expect(parseSpAccount(`${unseen}SP100275${unseen}`)).toEqual({ ok: true, value: 'SP100275' });
      expect(parseSjNumber('#556677')).toEqual({ ok: true, value: '556677' });
      expect(parseSjNumber(`5566${unseen}77`)).toEqual({ ok: true, value: '556677' });
    },
  );

  it.each(['\u2010', '\u2013', '\u2212'])('is accepted with another dash (%j), as in a file', (dash) => {
    expect(parseSpAccount(`SP${dash}10442`)).toEqual({ ok: true, value: 'SP-10442' });
    expect(parseSjNumber(`SJ${dash}556677`)).toEqual({ ok: true, value: '556677' });
  });

  it('is refused with the letter named', () => {
    expect(parseSpAccount('\u0405\u0420100275')).toEqual({
      ok: false,
      fault: 'This number has a Cyrillic “Ѕ” that looks like a Latin “S”: type it again.',
    });
  });
});

it('a pasted list of numbers is read at once: everyone else waits meanwhile', () => {
  const started = performance.now();
  expect(read('5566778 '.repeat(4500)).account).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(2000);
});
