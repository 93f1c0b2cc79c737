import { type CaseWork, startCaseWork } from '../support/case-work';

let work: CaseWork;
beforeAll(async () => {
  work = await startCaseWork({ mode: 'http' });
});
afterAll(() => work.stop());

async function metrics(): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${work.world.app.port()}/metrics`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/plain');
  return response.text();
}
/** The value of a figure with these labels, or null. */
function figure(text: string, name: string, labels: Readonly<Record<string, string>> = {}): number | null {
  const line = text
    .split('\n')
    .find(
      (one) =>
        new RegExp(`^warmline_${name}[{ ]`).test(one) &&
        Object.entries(labels).every(([label, value]) => one.includes(`${label}="${value}"`)),
    );
  return line === undefined ? null : Number(line.split(' ').at(-1));
}

describe("GET /metrics on the health check's port", () => {
  it('counts what happens to cases, what waits, how long ticks take and what Slack refuses, and names no one', async () => {
    const { workspace } = work.world;
    const { stored, card } = await work.file(work.as('amira'));
    await work.world.pass(5 * 60 * 60_000);
    workspace.faults.set({ errorBefore: { remaining: 1, method: 'views.open' } });
    await work.open(work.as('dana'), 'Add note', card);

    const text = await metrics();
    expect(figure(text, 'case_events_total', { kind: 'sp_feedback', type: 'filed' })).toBe(1);
    expect(figure(text, 'nudges_total', { clock: 'acknowledge', target: 'thread' })).toBe(1);
    expect(figure(text, 'job_seconds_count', { job: 'nudge' })).toBeGreaterThanOrEqual(1);
    expect(figure(text, 'slack_failures_total', { method: 'views.open' })).toBe(1);
    expect(figure(text, 'deliveries_waiting')).toBe(0);
    expect(figure(text, 'oldest_delivery_seconds')).toBe(0);
    expect(figure(text, 'cases_with_dead_letters')).toBe(0);
    expect(figure(text, 'alarms_open')).toBe(0);
    expect(figure(text, 'database_up')).toBe(1);
    const names = [stored.ref, stored.sj, stored.sp.account, ...Object.values(workspace.ids.users), card.channel];
    for (const name of names) expect(text).not.toContain(name);
  });

  it('says how many messages wait and since when, while Slack accepts none', async () => {
    const { workspace } = work.world;
    const { card } = await work.file(work.as('amira'));
    workspace.faults.set({ rateLimit: { remaining: 1000, retryAfterSec: 1, method: 'chat.postMessage' } });
    await work.make(work.as('dana'), 'Add note', card, { Note: 'Called them.' });
    workspace.clock.advance(90_000);
    const text = await metrics();
    workspace.faults.clear();
    expect(figure(text, 'deliveries_waiting')).toBeGreaterThanOrEqual(1);
    expect(figure(text, 'oldest_delivery_seconds')).toBeGreaterThanOrEqual(90);
    expect(figure(text, 'slack_failures_total', { method: 'chat.postMessage', reason: 'http_429' })).not.toBeNull();
  });
});
