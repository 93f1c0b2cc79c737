import { ErrorCode } from '@slack/web-api';
import { UnsharableFileError } from './evidence';

/** What a failed Web API call means for the message it carried. */
export type Failure =
  /** Not done; may be tried again after `ms`. */
  | { readonly is: 'wait'; readonly ms: number; readonly fault: string }
  /** It may have been done: look before sending again. */
  | { readonly is: 'unknown'; readonly fault: string }
  | { readonly is: 'unreachable'; readonly fault: string }
  | { readonly is: 'gone'; readonly fault: string }
  | { readonly is: 'refused'; readonly fault: string };

const UNREACHABLE = new Set([
  'channel_not_found',
  'is_archived',
  'is_inactive',
  'not_in_channel',
  'user_not_in_channel',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'restricted_action_thread_locked',
  'messages_tab_disabled',
  'user_not_found',
  'users_not_found',
  'user_disabled',
  'user_not_visible',
  'cannot_dm_bot',
  'team_not_found',
]);
const GONE = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'not_found',
  'thread_not_found',
]);
const UNKNOWN = new Set(['internal_error', 'fatal_error', 'update_failed', 'request_timeout']);
const RATE_LIMITED = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);
const LATER = new Set(['service_unavailable', 'team_added_to_org', 'org_login_required', 'external_channel_migrating']);
/** The app itself cannot act: nobody's message gets through until somebody repairs the installation. */
const INSTALLATION = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'team_access_not_granted',
  'access_denied',
  'missing_scope',
  'no_permission',
]);
const MINUTE = 60_000;

interface CodedError extends Error {
  code?: string;
  retryAfter?: number;
  statusCode?: number;
  data?: { error?: string };
}

/** Sorts an error of the Web API client into what to do about it (the error table of the Slack facts). */
export function classify(error: unknown): Failure {
  const { code, retryAfter, statusCode, data, message } = error as CodedError;
  if (error instanceof UnsharableFileError) return { is: 'refused', fault: message };
  if (code === ErrorCode.RateLimitedError) return { is: 'wait', ms: (retryAfter ?? 1) * 1000, fault: 'ratelimited' };
  if (code === ErrorCode.PlatformError) return platform(data?.error ?? 'unknown_error');
  if (code === ErrorCode.HTTPError && statusCode !== undefined && statusCode < 500 && statusCode !== 408)
    return { is: 'refused', fault: `HTTP ${statusCode}` };
  return { is: 'unknown', fault: message };
}

function platform(fault: string): Failure {
  if (UNREACHABLE.has(fault)) return { is: 'unreachable', fault };
  if (GONE.has(fault)) return { is: 'gone', fault };
  if (UNKNOWN.has(fault)) return { is: 'unknown', fault };
  if (RATE_LIMITED.has(fault)) return { is: 'wait', ms: 1000, fault };
  if (LATER.has(fault)) return { is: 'wait', ms: 5 * MINUTE, fault };
  if (INSTALLATION.has(fault)) return { is: 'wait', ms: MINUTE, fault };
  return { is: 'refused', fault };
}
