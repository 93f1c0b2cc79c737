import { absencesOf, DEFAULT_WORDS, readAddress } from '../../src/domain/calendar';
import { calendarFetcher } from '../../src/net/fetch-calendar';
import { entriesWithin, readEntries } from '../../src/net/read-calendar';
import { startReceiver } from '../support/receiver';

const NOW = new Date('2026-11-02T17:00:00Z');
const FROM = +NOW;
const UNTIL = FROM + 60 * 86_400_000;

const calendar = (...entries: readonly (readonly string[])[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//test//EN',
    ...entries.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\r\n');
const entry = (uid: string, title: string, from: string, to: string, ...more: string[]) => [
  `UID:${uid}`,
  `SUMMARY:${title}`,
  `DTSTART${from}`,
  `DTEND${to}`,
  ...more,
];
/** The absences of someone in Los Angeles. */
async function absences(text: string, words: readonly string[] = DEFAULT_WORDS): Promise<string[]> {
  const entries = await readEntries({ text, words, from: FROM, until: UNTIL });
  return absencesOf(entries, 'America/Los_Angeles', NOW).map(
    ({ from, until }) => `${from.toISOString().slice(0, 16)} ${until.toISOString().slice(0, 16)}`,
  );
}
const day = (date: string) => `;VALUE=DATE:${date}`;

it("whole days count in the person's zone, even over a clock change", async () => {
  const text = calendar(entry('1', 'Vacation', day('20261109'), day('20261111')), [
    'UID:2',
    'SUMMARY:PTO',
    'DTSTART;VALUE=DATE:20261116',
  ]);
  expect(await absences(text)).toEqual(['2026-11-09T08:00 2026-11-11T08:00', '2026-11-16T08:00 2026-11-17T08:00']);
});

it('titles match by whole words, out-of-office entries whatever they say; canceled ones never', async () => {
  const text = calendar(
    entry('1', 'Fix the laptop', day('20261109'), day('20261110')),
    entry('2', 'pto: beach', day('20261111'), day('20261112')),
    entry('3', 'Dentist', day('20261113'), day('20261114'), 'X-MICROSOFT-CDO-BUSYSTATUS:OOF'),
    entry('4', 'Vacation', day('20261116'), day('20261117'), 'STATUS:CANCELLED'),
    entry('5', 'Out  of Office', day('20261118'), day('20261119')),
    entry('6', 'Vacation', day('20261001'), day('20261002')),
    entry('7', 'Vacation', day('20270601'), day('20270602')),
  );
  expect((await absences(text)).map((line) => line.slice(8, 10))).toEqual(['11', '13', '18']);
  expect((await absences(text, ['laptop (old)', 'laptop'])).map((line) => line.slice(8, 10))).toEqual(['09', '13']);
});

it('adjoining entries are one absence, and a one-hour appointment is none', async () => {
  const text = calendar(
    entry('1', 'Vacation', day('20261109'), day('20261110')),
    entry('2', 'Vacation', day('20261110'), day('20261111')),
    entry('3', 'OOO', ':20261112T180000Z', ':20261112T190000Z'),
    entry('4', 'OOO', ':20261112T200000Z', ':20261112T230000Z'),
  );
  expect(await absences(text)).toEqual(['2026-11-09T08:00 2026-11-11T08:00', '2026-11-12T20:00 2026-11-12T23:00']);
});

it('follows repeats with deleted, moved and renamed occurrences', async () => {
  const text = calendar(
    entry(
      '1',
      'OOO',
      ';TZID=America/New_York:20261006T090000',
      ';TZID=America/New_York:20261006T170000',
      'RRULE:FREQ=WEEKLY;UNTIL=20261215T000000Z',
      'EXDATE;TZID=America/New_York:20261110T090000',
    ),
    entry(
      '1',
      'OOO',
      ';TZID=America/New_York:20261118T090000',
      ';TZID=America/New_York:20261118T170000',
      'RECURRENCE-ID;TZID=America/New_York:20261117T090000',
    ),
    entry(
      '1',
      'Working',
      ';TZID=America/New_York:20261124T090000',
      ';TZID=America/New_York:20261124T170000',
      'RECURRENCE-ID;TZID=America/New_York:20261124T090000',
    ),
  );
  expect((await absences(text)).map((line) => line.slice(5, 16))).toEqual([
    '11-03T14:00',
    '11-18T14:00',
    '12-01T14:00',
    '12-08T14:00',
  ]);
});

it("uses the calendar's definition of unknown zones, and the person's zone for times without one", async () => {
  const zone = [
    'BEGIN:VTIMEZONE',
    'TZID:Head Office',
    'BEGIN:STANDARD',
    'DTSTART:16010101T000000',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0200',
    'END:STANDARD',
    'END:VTIMEZONE',
  ];
  const text = calendar(
    entry('1', 'OOO', ';TZID=Head Office:20261109T090000', ';TZID=Head Office:20261109T170000'),
    entry('2', 'OOO', ':20261111T090000', ':20261111T170000'),
    entry('3', 'OOO', ';TZID=Nowhere:20261112T090000', ';TZID=Nowhere:20261112T170000'),
  ).replace('BEGIN:VEVENT', `${zone.join('\r\n')}\r\nBEGIN:VEVENT`);
  expect((await absences(text)).map((line) => line.slice(5, 16))).toEqual([
    '11-09T07:00',
    '11-11T17:00',
    '11-12T17:00',
  ]);
});

it.each([
  ['a page of HTML', '<html><body>Sign in</body></html>', 'not_a_calendar'],
  ['nothing', '', 'not_a_calendar'],
  ['half a calendar', calendar(entry('1', 'OOO', day('20261109'), day('20261110'))).slice(0, -20), 'not_a_calendar'],
  ['a card', 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:x\r\nEND:VCARD', 'not_a_calendar'],
])('%s is not a calendar', async (_, text, fault) => {
  await expect(absences(text)).rejects.toMatchObject({ fault });
});

it('gives up an entry that repeats forever; one without a start hides no other', async () => {
  const endless = calendar(
    entry('1', 'OOO', day('20260131'), day('20260201'), 'RRULE:FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2'),
  );
  await expect(
    entriesWithin(500)({ text: endless, words: DEFAULT_WORDS, from: FROM, until: UNTIL }),
  ).rejects.toMatchObject({ fault: 'too_busy' });
  const odd = calendar(
    ['UID:1', 'SUMMARY:OOO'],
    entry('2', 'OOO', day('20261109'), day('20261110'), 'RRULE:FREQ=NEVER'),
    entry('3', 'OOO', day('20261111'), day('20261112')),
  );
  expect(await absences(odd)).toEqual(['2026-11-11T08:00 2026-11-12T08:00']);
});

it.each([
  ['https://127.0.0.1:1/a.ics', 'private'],
  ['https://localhost:1/a.ics', 'private'],
  ['http://example.com/a.ics', 'insecure'],
])('nothing is read from %s', async (url, fault) => {
  await expect(calendarFetcher(false)(url)).rejects.toMatchObject({ fault, message: fault });
});

it('a server that wants another protocol has no calendar', async () => {
  const server = await startReceiver();
  server.answer(() => 101);
  await expect(calendarFetcher(true)(server.url)).rejects.toMatchObject({ fault: 'refused' });
  await server.stop();
});

it.each([
  ['webcal://p1.example.com/a.ics', 'https://p1.example.com/a.ics'],
  [' https://example.com/a?b=c ', 'https://example.com/a?b=c'],
  ['https://me:secret@example.com/a.ics', null],
  ['file:///etc/passwd', null],
  ['example.com', null],
])('%s is accepted as an address', (typed, address) => {
  expect(readAddress(typed)).toBe(address);
});
