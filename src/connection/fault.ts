import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';

/** Why a Web API call failed. */
export interface SlackFault {
  /** Slack's own code if it refuses the token, which waiting does not fix; null for what may pass. */
  readonly refusal: string | null;
  /** In a few words. */
  readonly words: string;
  /** How long Slack asks to wait, ms; 0 if it does not say. */
  readonly askedMs: number;
}

/** Slack's answers for a token that is wrong, or lacks a permission. */
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

/** What went wrong between Warmline and Slack. An unknown code may pass: Slack has more than it documents. */
export function slackFault(error: unknown): SlackFault {
  const passing = (words: string, askedMs = 0): SlackFault => ({ refusal: null, words, askedMs });
  if (error instanceof WebAPIRateLimitedError)
    return passing(`it asks to wait ${error.retryAfter} s`, error.retryAfter * 1000);
  if (error instanceof WebAPIHTTPError) return passing(`it answered with HTTP ${error.statusCode}`);
  if (error instanceof WebAPIRequestError) return passing(`no answer (${reasonOf(error.original)})`);
  if (error instanceof WebAPIPlatformError) {
    // The client returns a body that is not JSON as the code.
    const code = /^[a-z_]{1,60}$/.exec(String(error.data.error))?.[0];
    if (!code) return passing('its answer was not JSON');
    return { refusal: REFUSALS.has(code) ? code : null, words: `it answered ${code}`, askedMs: 0 };
  }
  return passing(error instanceof Error ? error.message : String(error));
}

/** `fetch` gives the reason only in its error's cause. */
function reasonOf(error: Error): string {
  const { cause } = error as { cause?: { code?: unknown; message?: unknown } };
  const told = [cause?.code, cause?.message].find((word) => typeof word === 'string' && word !== '');
  return typeof told === 'string' ? told : error.message;
}
