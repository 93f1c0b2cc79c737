import fc from 'fast-check';
import { maskAnswers, maskPersonalData } from '../../src/domain/personal-data';
import { everyKind } from '../support/forms';

const masked = (text: string) => maskPersonalData(text).text;

describe('card numbers', () => {
  it.each([
    ['4111111111111111', '••••••••••••1111'],
    ['4111 1111 1111 1111', '•••• •••• •••• 1111'],
    ['5555-5555-5555-4444', '••••-••••-••••-4444'],
    ['378282246310005', '•••••••••••0005'],
    ['3782 822463 10005', '•••• •••••• •0005'],
    ['3056 930902 5904', '•••• •••••• 5904'],
    ['4222222222222', '•••••••••2222'],
    ['6304000000000000000', '•••••••••••••••0000'],
    ['41 11 11 11 11 11 11 11', '•• •• •• •• •• •• 11 11'],
    ['41111111-11111111', '••••••••-••••1111'],
    ['4111–1111–1111–1111', '••••–••••–••••–1111'],
    ['４１１１ １１１１ １１１１ １１１１', '•••• •••• •••• １１１１'],
    ['٤١١١ ١١١١ ١١١١ ١١١١', '•••• •••• •••• ١١١١'],
    ['۴۱۱۱۱۱۱۱۱۱۱۱۱۱۱۱', '••••••••••••۱۱۱۱'],
    ['४१११-११११-११११-११११', '••••-••••-••••-११११'],
    ['4111 *1111* _1111_ 1111', '•••• *••••* _••••_ 1111'],
    ['*4111* *_1111_* ~`1111`~ 1111', '*••••* *_••••_* ~`••••`~ 1111'],
    ['4111*1111*11111111', '••••*••••*••••1111'],
    ['4111.1111.1111.1111', '••••.••••.••••.1111'],
    ['4111\u200b1111\u200b1111\u2060 1111', '••••\u200b••••\u200b••••\u2060 1111'],
    ['4111/1111/1111/1111', '••••/••••/••••/1111'],
    ['4111, 1111, 1111, 1111', '••••, ••••, ••••, 1111'],
    ['3782 | 822463 | 10005', '•••• | •••••• | •0005'],
    ['> 4111 1111\n> 1111 1111', '> •••• ••••\n> •••• 1111'],
    ['(4111) (1111) (1111) (1111)', '(••••) (••••) (••••) (1111)'],
    ['4111−1111−1111−1111', '••••−••••−••••−1111'],
    ['5566, 4111, 1111, 1111, 1111', '5566, ••••, ••••, ••••, 1111'],
    ['4️⃣111 1111 1111 1111', '•️⃣••• •••• •••• 1111'],
  ])('keep only the last four digits: %s', (card, left) => {
    expect(maskPersonalData(`Paid with ${card}, he said.`)).toEqual({
      text: `Paid with ${left}, he said.`,
      masked: ['card'],
    });
  });

  it('are found next to other numbers, which stay', () => {
    expect(masked('SJ 4471220 4111 1111 1111 1111 and 4471221')).toBe('SJ 4471220 •••• •••• •••• 1111 and 4471221');
    expect(masked('4111111111111111 5555555555554444')).toBe('••••••••••••1111 ••••••••••••4444');
  });

  it('are found whole although their last digits and the next number would pass the check, too', () => {
    expect(masked('4111/1111/1111/1111 98101-1236')).toMatch(/^••••\/••••\/••••\//);
  });

  it('are no part of a list of numbers or amounts, some of which pass the check by chance', () => {
    const list = '4012, 4111, 1111, 1111, 1111, 5230, 6104';
    expect(masked(list)).toBe(list);
    expect(masked('$4111, $1111, $1111, $1111')).toBe('$4111, $1111, $1111, $1111');
  });

  it('differ from other long numbers by their check digit', () => {
    expect(maskPersonalData('Order 4111111111111112')).toEqual({ text: 'Order 4111111111111112', masked: [] });
    expect(masked('Code 0000000000000000')).toBe('Code 0000000000000000');
  });

  const luhnDigit = (digits: string) =>
    [...Array(10).keys()].map(String).find((last) => masked(digits + last) !== digits + last);

  it('are masked at any length from 13 to 19, however spaced or dashed', () => {
    const body = fc.stringMatching(/^[1-9][0-9]{11,17}$/);
    const gaps = fc.array(fc.constantFrom('', '', '', ' ', '-'), { minLength: 19, maxLength: 19 });
    fc.assert(
      fc.property(body, gaps, (digits, between) => {
        const number = digits + luhnDigit(digits);
        expect(number).toHaveLength(digits.length + 1);
        const typed = [...number].map((digit, place) => digit + (between[place] ?? '')).join('');
        const groups = typed
          .trim()
          .split(/[ -]/)
          .map(({ length }) => length);
        fc.pre(groups[0] !== undefined && groups[0] < 5 && groups[0] !== 3 && groups[0] !== 1);
        expect(masked(`x ${typed} x`).replace(/[^0-9]/g, '')).toBe(number.slice(-4));
      }),
    );
  });
});

describe('social security numbers', () => {
  it.each([
    ['123-45-6789', '•••-••-6789'],
    ['123 45 6789', '••• •• 6789'],
    ['123–45–6789', '•••–••–6789'],
    ['*123*-45-*6789*', '*•••*-••-*6789*'],
    ['SSN 123456789', 'SSN •••••6789'],
    ['social security number: 123456789', 'social security number: •••••6789'],
    ['123/45/6789', '•••/••/6789'],
    ['SSN = 123456789', 'SSN = •••••6789'],
    ['*SSN* (123 456 789)', '*SSN* (••• ••6 789)'],
    ['SS# 123-456-789', 'SS# •••-••6-789'],
    ['S.S.N. 123456789', 'S.S.N. •••••6789'],
    ['Soc. Sec. no. is 123456789', 'Soc. Sec. no. is •••••6789'],
  ])('keep only the last four digits: %s', (typed, left) => {
    expect(maskPersonalData(typed)).toEqual({ text: left, masked: ['ssn'] });
  });

  it('are found right after an SJ number', () => {
    expect(masked('SJ 4471220 123-45-6789')).toBe('SJ 4471220 •••-••-6789');
  });

  it.each(['000-12-3456', '666-12-3456', '900-12-3456', '123-00-4567', '123-45-0000'])(
    'are issued ones: %s is not',
    (n) => {
      expect(maskPersonalData(n)).toEqual({ text: n, masked: [] });
    },
  );
});

describe('numbers an agent needs', () => {
  it.each([
    '555-123-4567',
    '(415) 555-0123',
    '+1 415-555-0123',
    '1 415 555 0123',
    '4155550123',
    'SJ 4471220',
    'SJ 447122012345',
    'SP-10442',
    'SJ 123456789',
    '2026-11-23 10:15',
    '*4471220* 4155550123. 4471221',
    '415.555.0123 and 415.555.0199',
    '192.168.100.200',
    '1.5 h at 85.50, 2026.11.23',
    'between 555-123-4567 and 555-987-6543',
    '2019, 2020, 2021, 2022',
    '10:30, 11:45, 12:00, 14:15, 16:10, 17:45, 18:00, 19:30',
    '556677/556678/556679',
    'boss 447122012',
    'apt 204 11/2026',
  ])('stay: %s', (text) => {
    expect(maskPersonalData(text)).toEqual({ text, masked: [] });
  });

  it('stay even several in a row, whatever their digits', () => {
    const digits = (length: number) => fc.integer({ min: 10 ** (length - 1), max: 10 ** length - 1 }).map(String);
    const phone = fc.tuple(digits(3), digits(3), digits(4)).map((groups) => groups.join('-'));
    const sj = fc.integer({ min: 5, max: 12 }).chain(digits);
    fc.assert(
      fc.property(fc.array(fc.oneof(phone, sj), { minLength: 1, maxLength: 4 }), (numbers) => {
        const text = numbers.join(' ');
        expect(masked(text)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

it('changes nothing the second time, nor in text without digits', () => {
  const anyText = fc.string({ unit: fc.constantFrom(...'0123456789 -,ax\n'), maxLength: 60 });
  fc.assert(fc.property(anyText, (text) => expect(masked(masked(text))).toBe(masked(text))));
  expect(masked('He said: “no, thanks”.')).toBe('He said: “no, thanks”.');
});

it.each(['4 1 ', '4 ', '*4*', '123-45-6789 ', '4111 1111 1111 1111 '])(
  'handles the longest message full of %j quickly',
  (part) => {
    const text = part.repeat(40_000 / part.length);
    const started = performance.now();
    masked(text);
    expect(performance.now() - started).toBeLessThan(2000);
  },
);

it('reports what was masked, without duplicates', () => {
  const text = '4111111111111111, 5555555555554444, 123-45-6789';
  expect(maskPersonalData(text).masked).toEqual(['card', 'ssn']);
});

it('masks the free text of a form, and leaves choices, dates and ids alone', () => {
  const answers = {
    account: 'Card 4111111111111111',
    more: 'yes',
    story: 'My number is 123-45-6789.',
    at: '2026-03-01T17:30:00.000Z',
    parts: ['4111111111111111'],
  };
  expect(maskAnswers(everyKind, answers)).toEqual({
    answers: { ...answers, account: 'Card ••••••••••••1111', story: 'My number is •••-••-6789.' },
    masked: ['card', 'ssn'],
  });
});

it.each<[string, string[]]>([
  ['Paid with 4111 1111 1111 1111 and 123-45-6789.', ['card', 'ssn']],
  ['３782 822463 10005', ['card']],
  ['4222222222222', ['card']],
  ['6304000000000000000', ['card']],
  ['41 11 11 11 11 11 11 11', ['card']],
  ['SSN 123456789', ['ssn']],
  ['Call 312-555-0142, or wait ••• please', []],
])('still reports what a draft has masked before: %s', (story, data) => {
  const kept = maskAnswers(everyKind, { more: 'yes', story }).answers;
  expect(maskAnswers(everyKind, kept)).toEqual({ answers: kept, masked: data });
});
