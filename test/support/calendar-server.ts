import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CalendarServer {
  /** The address of the calendar. */
  readonly address: string;
  /** The status it answers with. */
  status: number;
  /** Its current entries: title, first day, day after the last. */
  entries: readonly (readonly [string, string, string])[];
  stop(): void;
}

/** Serves someone's calendar, which a test changes. */
export async function startCalendarServer(): Promise<CalendarServer> {
  const server = createServer((_request, response) => {
    response.writeHead(served.status, { 'content-type': 'text/calendar' }).end(calendarOf(served.entries));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const served: CalendarServer = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/private-marmot/basic.ics`,
    status: 200,
    entries: [],
    stop: () => void server.close(),
  };
  return served;
}

const calendarOf = (entries: CalendarServer['entries']) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:test',
    ...entries.flatMap(([title, from, to], i) => [
      'BEGIN:VEVENT',
      `UID:${i}`,
      `SUMMARY:${title}`,
      `DTSTART;VALUE=DATE:${from}`,
      `DTEND;VALUE=DATE:${to}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ].join('\r\n');
