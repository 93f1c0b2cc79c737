import type { IncomingMessage } from 'node:http';
import type { CalendarFault } from '../domain/calendar';
import { CalendarError, type FetchCalendar } from '../services/ports/calendars';
import { ForbiddenAddress, requestTo } from './public-address';

/** From the first byte sent to the last one read, including redirects. */
const TIMEOUT_MS = 10_000;
const MOST_BYTES = 10 * 1024 * 1024;
const MOST_REDIRECTS = 3;

/**
 * Reads calendars. An address is a secret: no error contains it. Redirects are followed, because calendar servers
 * redirect to the machine that has it, and each is checked like the first.
 */
export const calendarFetcher =
  (allowPrivate: boolean): FetchCalendar =>
  async (address) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    let url = new URL(address);
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const response = await answerOf(url, allowPrivate, signal);
      const { statusCode = 0, headers } = response;
      if (statusCode < 300 && statusCode >= 200) return textOf(response);
      response.destroy();
      const { location = '' } = headers;
      const next = statusCode < 400 && location && URL.canParse(location, url.href) ? new URL(location, url) : null;
      if (!next) throw new CalendarError(FAULTS[statusCode] ?? 'refused');
      url = next;
    }
    throw new CalendarError('redirects');
  };

const FAULTS: Readonly<Record<number, CalendarFault>> = { 401: 'login', 403: 'login', 404: 'gone', 410: 'gone' };

const answerOf = (url: URL, allowPrivate: boolean, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((answered, failed) => {
    const fail = (error: unknown) => failed(new CalendarError(faultOf(error)));
    const headers = { accept: 'text/calendar, */*;q=0.1', 'user-agent': 'Warmline' };
    try {
      const sent = requestTo(url, { method: 'GET', signal, headers }, allowPrivate, answered);
      sent.on('error', fail);
      sent.end();
    } catch (error) {
      fail(error);
    }
  });

/** The response text, up to the limit. */
async function textOf(response: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of response as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > MOST_BYTES) throw new CalendarError('too_large');
      pieces.push(piece);
    }
  } catch (error) {
    throw error instanceof CalendarError ? error : new CalendarError(faultOf(error));
  }
  return Buffer.concat(pieces).toString('utf8');
}

function faultOf(error: unknown): CalendarFault {
  if (error instanceof ForbiddenAddress) return error.why;
  const { name, code } = error as Error & { readonly code?: string };
  if (name === 'AbortError' || name === 'TimeoutError') return 'timeout';
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN' ? 'unknown_host' : 'no_answer';
}
