import { createHmac } from 'node:crypto';
import type { JsonObject } from '../client-protocol';
import type { Core } from './core';
import { type DeliveryKind, gate, notAcked, type Sent, type Transport } from './deliveries';
import { faultOf } from './errors';
import { isObject } from './json';

/** Posts payloads to the app with Slack's signature. */
export class SignedHttp implements Transport {
  private target: URL | undefined;
  private readonly found = gate();

  constructor(private readonly core: Core) {}

  /** Where the app listens; a bare origin means Bolt's `/slack/events`. */
  setAppUrl(url: string): void {
    const target = new URL(url);
    if (target.pathname === '/') target.pathname = '/slack/events';
    this.target = target;
    this.core.bus.emit({ type: 'app', connected: true });
    this.found.open();
  }

  get connected(): boolean {
    return this.target !== undefined;
  }

  whenConnected(): Promise<void> {
    return this.found.opened;
  }

  async send(kind: DeliveryKind, payload: JsonObject, retry?: { attempt: number; reason: string }): Promise<Sent> {
    if (!this.target) return failed('connection_failed', 'the address of the app is not known yet');
    const { ackMs } = this.core.timing;
    const body = encoded(kind, payload);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', this.core.credentials.signingSecret)
      .update(`v0:${timestamp}:${body}`)
      .digest('hex');
    try {
      const response = await fetch(this.target, {
        method: 'POST',
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(ackMs),
        headers: {
          'content-type': kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': `v0=${signature}`,
          ...(retry ? { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason } : {}),
        },
      });
      const text = await response.text();
      const noRetry = response.headers.get('x-slack-no-retry') === '1';
      if (!response.ok) return { ...failed('http_error', `the app answered ${response.status}`), noRetry };
      return { ok: true, body: answer(response.headers.get('content-type'), text) };
    } catch (error) {
      const { name, message } = faultOf(error);
      return name === 'TimeoutError'
        ? notAcked(ackMs, 'http_timeout')
        : failed('connection_failed', `no connection: ${message}`);
    }
  }
}

const failed = (reason: string, summary: string): Extract<Sent, { ok: false }> => ({
  ok: false,
  error: 'dispatch_failed',
  reason,
  summary,
});

function encoded(kind: DeliveryKind, payload: JsonObject): string {
  if (kind === 'events_api') return JSON.stringify(payload);
  if (kind === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return new URLSearchParams(
    Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)]),
  ).toString();
}

/** An acknowledgment's body: JSON as it is, other text as a message. */
function answer(contentType: string | null, text: string): JsonObject {
  if (text === '') return {};
  if (!contentType?.startsWith('application/json')) return { text };
  const value: unknown = JSON.parse(text);
  return isObject(value) ? value : {};
}
