import { STANDARD_NUMBERS } from '../../src/domain/forms/numbers';
import { isNamed, parseReference, typedReference } from '../../src/domain/kinds';
import { filtersFor, queryOf, readFilters, type SearchEntries } from '../../src/domain/search';
import { WEST } from '../support/cases';

const searched = (entries: SearchEntries, areas: Parameters<typeof readFilters>[1]) =>
  readFilters(entries, areas, STANDARD_NUMBERS);
const guessed = (typed: string) => filtersFor(typed, STANDARD_NUMBERS);

const faultsOf = (entries: SearchEntries) => {
  const read = searched(entries, [WEST]);
  return read.ok ? {} : Object.fromEntries(read.faults.map(({ question, message }) => [question, message]));
};

describe('a reference', () => {
  it.each([
    'spf-000123',
    ' SPF-000123\u200b',
    '\u202aSPF-000123\u202c',
    'SPF\u2011000123',
    'SPF – 000123',
    'SPF\u2212000123',
    '#SPF-000123',
    '`SPF-000123`',
    '*SPF-000123*:',
    '(SPF-000123).',
    'ＳＰＦ-000123',
    '<https://acme.slack.com/archives/C1/p1|SPF-000123>',
  ])('is parsed as pasted: %j', (typed) => expect(parseReference(typed)).toBe('SPF-000123'));

  it.each(['SPF-123', 'SPF000123', 'SPF-000123 SPF-000124', 'XSPF-000123', 'see SPF-000123', ''])(
    'is not %j',
    (typed) => expect(parseReference(typed)).toBeNull(),
  );

  it.each(['SPF-123', 'spf123', 'SPF 000123', '*spf – 0123*', 'SPF-000123'])(
    'may be short where nothing else is meant: %j',
    (typed) => expect(typedReference(typed)).toBe('SPF-000123'),
  );
  it.each(['123', 'XSPF-123', 'SPF-', 'SPF-123 SPF-124', ''])('is not %j even so', (typed) =>
    expect(typedReference(typed)).toBeNull(),
  );

  it('in a text is not the beginning of a longer one', () => {
    expect(isNamed('SPF-100000', 'about spf–100000, it was Tuesday')).toBe(true);
    expect(isNamed('SPF-100000', 'about SPF-1000001')).toBe(false);
  });
});

describe('a search', () => {
  it('has its numbers in their stored form and no empty condition', () => {
    const read = searched(
      {
        ref: 'spf-000123',
        sj: 'SJ# 44-71220',
        account: ' sp-10442',
        area: 'west',
        text: '  ',
        kinds: [],
        states: ['open'],
      },
      [WEST],
    );
    expect(read).toEqual({
      ok: true,
      filters: { ref: 'SPF-000123', sj: '4471220', account: 'SP-10442', area: 'West', states: ['open'] },
    });
  });

  it('may be empty', () => {
    expect(searched({}, [])).toEqual({ ok: true, filters: {} });
  });

  it('shows at each field what is wrong with it', () => {
    const faults = faultsOf({
      ref: '123',
      sj: 'x',
      account: '!',
      text: '?',
      area: 'North',
      from: '2026-11-03',
      to: '2026-11-02',
    });
    expect(Object.keys(faults).sort()).toEqual(['account', 'area', 'ref', 'sj', 'text', 'to']);
    expect(faults.ref).toContain('SPF-000123');
    expect(faults.area).toContain('North');
  });

  it('drops unknown codes', () => {
    expect(searched({ kinds: ['nothing', 'high_risk'], outcomes: ['none'] }, [])).toEqual({
      ok: true,
      filters: { kinds: ['high_risk'] },
    });
  });
});

it.each([
  ['', {}],
  ['spf-000123', { ref: 'spf-000123' }],
  ['SJ 4471220', { sj: 'SJ 4471220' }],
  ['SP-10442', { account: 'SP-10442' }],
  ['zebra', { text: 'zebra' }],
  ['unit 7', { text: 'unit 7' }],
])('%s after the command searches for what it is', (typed, entries) => {
  expect(guessed(typed)).toEqual(entries);
});

it("days are in the reader's zone, including all of the last one", () => {
  const query = queryOf({ from: '2026-11-01', to: '2026-11-01' }, { id: 'U1', readable: [] }, 'America/Los_Angeles');
  // Clocks go back that day: it has 25 hours.
  expect(query.filedFrom).toEqual(new Date('2026-11-01T07:00:00Z'));
  expect(query.filedBefore).toEqual(new Date('2026-11-02T08:00:00Z'));
});
