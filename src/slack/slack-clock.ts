import type { FetchFunction } from '@slack/web-api';

const ANSWER_MS = 10_000;
const SLACK = 'https://slack.com/api/';

/** Slack's own clock, by the date of an answer. Rejects if Slack is unreachable, or sends no date. */
export const slackClock =
  (fetch: FetchFunction, apiUrl: string | undefined): (() => Promise<Date>) =>
  async () => {
    const base = apiUrl ?? SLACK;
    const url = new URL('api.test', base.endsWith('/') ? base : `${base}/`);
    const response = await fetch(url.href, { method: 'POST', signal: AbortSignal.timeout(ANSWER_MS) });
    await response.text().catch(() => undefined);
    const at = new Date(response.headers.get('date') ?? '');
    if (Number.isNaN(+at)) throw new Error('Slack does not say what time it is.');
    return at;
  };
