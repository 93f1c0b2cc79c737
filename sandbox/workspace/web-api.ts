import type { Json, JsonObject } from '../client-protocol';
import type { Core } from './core';
import { SlackError } from './errors';
import { str } from './json';
import { fromJson, type Method } from './methods/method';

/** The answer to a Web API call; 'cut' drops the connection without an answer. */
export type ApiAnswer = { status: number; body: JsonObject; headers: { [name: string]: string } } | 'cut';

const APP_TOKEN_SCOPES: ReadonlySet<string> = new Set(['connections:write']);

/** Answers Web API calls: faults, token, scope, rate limit, then the method itself. */
export class WebApi {
  constructor(
    private readonly core: Core,
    private readonly methods: ReadonlyMap<string, Method>,
  ) {}

  /** Runs one call. `bearer` is the Authorization header's token, if any; `args` may hold `token` instead. */
  async call(name: string, bearer: string | undefined, args: JsonObject): Promise<ApiAnswer> {
    const close = this.core.traffic.open('api', name, null, readable(args));
    const answer = await this.throughFaults(name, args, () => this.run(name, bearer ?? str(args.token), args));
    if (answer === 'cut') close(0, 'done, then the connection was cut', {});
    else close(answer.status, summary(answer.status, answer.body), loggable(name, answer.body));
    return answer;
  }

  /** Applies the fault switches to a call of the app. */
  async throughFaults(name: string, args: JsonObject, run: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
    const { faults } = this.core;
    const { latencyMs, slackDown, rateLimit } = faults.settings;
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    if (slackDown) return { status: 503, headers: {}, body: { ok: false, error: 'service_unavailable' } };
    if (faults.spend('rateLimit', name, args)) return tooMany(rateLimit.retryAfterSec);
    if (faults.spend('errorBefore', name, args))
      return { status: 500, headers: {}, body: { ok: false, error: 'internal_error' } };
    const answer = await run();
    if (faults.spend('errorAfter', name, args))
      return { status: 500, headers: {}, body: { ok: false, error: 'internal_error' } };
    return faults.spend('lostReply', name, args) ? 'cut' : answer;
  }

  private async run(name: string, token: string | undefined, args: JsonObject): Promise<ApiAnswer> {
    const entry = this.methods.get(name);
    const held = entry?.token === 'app' ? APP_TOKEN_SCOPES : this.core.scopes;
    const headers = {
      'x-oauth-scopes': [...held].join(','),
      ...(entry ? { 'x-accepted-oauth-scopes': entry.scopes.join(',') } : {}),
    };
    try {
      if (!entry) throw new SlackError('unknown_method', [], { req_method: name });
      this.checkToken(entry, token);
      if (entry.scopes.length > 0 && !entry.scopes.some((scope) => held.has(scope)))
        throw missingScope(entry.scopes, held);
      const waitMs = this.core.limits.method(name, entry.tier);
      if (waitMs > 0) return tooMany(Math.ceil(waitMs / 1000));
      const need = (scope: string): void => {
        if (!held.has(scope)) throw missingScope([scope], held);
      };
      const result = await entry.run({ core: this.core, need }, args);
      return { status: 200, headers, body: { ok: true, ...result } };
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      if (error.code === 'ratelimited') return tooMany(Math.ceil(Number(error.extra.waitMs) / 1000));
      return { status: 200, headers, body: envelope(error) };
    }
  }

  private checkToken(entry: Method, token: string | undefined): void {
    const { bot, app } = this.core.credentials;
    if (!token) throw new SlackError('not_authed');
    if (token !== bot && token !== app) throw new SlackError('invalid_auth');
    if (token !== (entry.token === 'app' ? app : bot)) throw new SlackError('not_allowed_token_type');
  }
}

/** Arguments to read: JSON in a form's text is shown as JSON. */
const readable = (args: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(args).map(([key, value]) => [key, jsonOrText(value)]));
const jsonOrText = (value: Json): Json =>
  typeof value === 'string' && /^[[{]/.test(value) ? (fromJson(value) as Json) : value;

/** A refusal in Slack's format. */
export const envelope = (error: SlackError): JsonObject => ({
  ok: false,
  error: error.code,
  ...error.extra,
  ...(error.messages.length > 0 ? { response_metadata: { messages: [...error.messages] } } : {}),
});

const missingScope = (needed: readonly string[], provided: ReadonlySet<string>): SlackError =>
  new SlackError('missing_scope', [], { needed: needed.join(','), provided: [...provided].join(',') });

const tooMany = (retryAfterSec: number | null): ApiAnswer => ({
  status: 429,
  headers: retryAfterSec === null ? {} : { 'retry-after': String(Math.max(1, retryAfterSec)) },
  body: { ok: false, error: 'ratelimited' },
});

const summary = (status: number, body: JsonObject): string =>
  status === 429 ? 'rate limited' : body.ok === true ? 'ok' : (str(body.error) ?? `status ${status}`);

/** The address of a socket is a secret like a token. */
const loggable = (name: string, body: JsonObject): JsonObject =>
  name === 'apps.connections.open' && body.url !== undefined ? { ...body, url: '(one-use address)' } : body;
