import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';

/** Why a call of Slack's Web API brought nothing. */
export interface SlackFault {
  /** Slack's own code where it refuses the token, which waiting does not cure; null for what may pass. */
  readonly refusal: string | null;
  /** In few words. */
  readonly words: string;
  /** How long Slack asks to wait, ms; 0 when it does not say. */
  readonly askedMs: number;
}

/** What Slack answers for a token that is wrong, or may not do what it is used for. */
const REFUSALS = new Set([
  'access_denied',
  'account_inactive',
  'forbidden_team',
  'invalid_auth',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'not_authed',
  'not_enabled',
  'team_disabled',
  'token_expired',
  'token_revoked',
  'user_removed_from_team',
]);

/** What went wrong between Warmline and Slack. An unknown code may pass: Slack has more of them than it tells. */
export function slackFault(error: unknown): SlackFault {
  const passing = (words: string, askedMs = 0): SlackFault => ({ refusal: null, words, askedMs });
  if (error instanceof WebAPIRateLimitedError)
    return passing(`it asks to wait ${error.retryAfter} s`, error.retryAfter * 1000);
  if (error instanceof WebAPIHTTPError) return passing(`it answered with HTTP ${error.statusCode}`);
  if (error instanceof WebAPIRequestError) return passing(`no answer (${reasonOf(error.original)})`);
  if (error instanceof WebAPIPlatformError) {
    // The client gives a body that is no JSON as the code.
    const code = /^[a-z_]{1,60}$/.exec(String(error.data.error))?.[0];
    if (!code) return passing('its answer was not JSON');
    return { refusal: REFUSALS.has(code) ? code : null, words: `it answered ${code}`, askedMs: 0 };
  }
  return passing(error instanceof Error ? error.message : String(error));
}

/** `fetch` tells what happened only in the cause of its error. */
function reasonOf(error: Error): string {
  const { cause } = error as { cause?: { code?: unknown; message?: unknown } };
  const told = [cause?.code, cause?.message].find((word) => typeof word === 'string' && word !== '');
  return typeof told === 'string' ? told : error.message;
}
