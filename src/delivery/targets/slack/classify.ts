import { ErrorCode } from '@slack/web-api';
import { FileHostError, NoFileError } from '../../../slack/download-file';
import { NoUploadError } from '../../../slack/upload-file';
import type { Failure } from '../target';
import { StrayError, UndrawableError } from './faults';

const UNREACHABLE = new Set([
  'channel_not_found',
  'channel_type_not_supported',
  'method_not_supported_for_channel_type',
  'is_archived',
  'is_inactive',
  'not_in_channel',
  'user_not_in_channel',
  'user_team_not_in_channel',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'restricted_action_thread_locked',
  'posting_to_channel_denied',
  'posting_to_general_channel_denied',
  'messages_tab_disabled',
  'user_not_found',
  'users_not_found',
  'users_list_not_supplied',
  'user_disabled',
  'user_not_visible',
  'user_is_restricted',
  'user_is_ultra_restricted',
  'user_is_bot',
  'cannot_dm_bot',
  'invalid_user_combination',
  'team_not_found',
]);
const GONE = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'not_found',
  'thread_not_found',
  'cannot_reply_to_message',
]);
const UNKNOWN = new Set(['internal_error', 'fatal_error', 'update_failed', 'request_timeout']);
const RATE_LIMITED = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);
const LATER = new Set(['service_unavailable', 'team_added_to_org', 'external_channel_migrating']);
/** Administrators of Slack, or of the app, can fix these; until then nothing goes out. */
const BLOCKED = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'user_removed_from_team',
  'team_disabled',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'team_access_not_granted',
  'access_denied',
  'missing_scope',
  'no_permission',
  'ekm_access_denied',
  'accesslimited',
  'enterprise_is_restricted',
  'two_factor_setup_required',
  'org_login_required',
  'app_not_installed',
]);
/** They are about the message's content. */
const REFUSED = new Set([
  'no_text',
  'msg_too_long',
  'msg_blocks_too_long',
  'invalid_blocks',
  'invalid_blocks_format',
  'block_mismatch',
  'too_many_attachments',
  'invalid_attachments',
  'attachment_payload_limit_exceeded',
  'markdown_text_conflict',
  'invalid_arguments',
  'invalid_arg_name',
  'invalid_array_arg',
  'invalid_form_data',
  'invalid_json',
  'json_not_object',
  'invalid_post_type',
  'invalid_charset',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'metadata_too_large',
  'metadata_must_be_sent_from_app',
]);
const MINUTE = 60_000;
/** The format of Slack's codes; anything else, or none, is from a proxy. */
const CODE = /^[a-z0-9_:.-]{1,80}$/i;
const LONGEST_FAULT = 200;

interface CodedError extends Error {
  code?: string;
  retryAfter?: number;
  statusCode?: number;
  data?: { error?: string };
}

/** Decides from an error of the Web API client, or of ours, what to do. */
export function classify(error: unknown): Failure {
  if (error instanceof NoFileError || error instanceof NoUploadError) return { is: 'unshared', fault: error.fault };
  if (error instanceof StrayError) return { is: 'gone', fault: error.message };
  if (error instanceof UndrawableError || error instanceof FileHostError)
    return { is: 'unheard', fault: error.message, own: true };
  const { code, retryAfter, statusCode, data, message } = error as CodedError;
  if (code === ErrorCode.RateLimitedError) return { is: 'wait', ms: (retryAfter ?? 1) * 1000, fault: 'ratelimited' };
  if (code === ErrorCode.PlatformError) return platform(data?.error ?? '');
  if (code === ErrorCode.HTTPError && statusCode !== undefined) return http(statusCode);
  return { is: 'unknown', fault: (message ?? String(error)).slice(0, LONGEST_FAULT) };
}

function platform(fault: string): Failure {
  if (UNREACHABLE.has(fault)) return { is: 'unreachable', fault };
  // Slack has more codes of both kinds than it documents, and adds new ones; a restriction may be about the content.
  if (fault.startsWith('restricted_action')) return { is: 'unreachable', fault, plainFirst: true };
  if (/^slack_connect_.*_blocked$/.test(fault)) return { is: 'unreachable', fault };
  if (GONE.has(fault)) return { is: 'gone', fault };
  if (UNKNOWN.has(fault)) return { is: 'unknown', fault };
  if (RATE_LIMITED.has(fault)) return { is: 'wait', ms: 1000, fault };
  if (LATER.has(fault)) return { is: 'wait', ms: 5 * MINUTE, fault };
  if (BLOCKED.has(fault)) return { is: 'blocked', fault };
  if (REFUSED.has(fault)) return { is: 'refused', fault };
  if (!CODE.test(fault)) return { is: 'unknown', fault: `no answer of Slack: ${fault.slice(0, 80)}` };
  return { is: 'unheard', fault, own: false };
}

/** Slack itself answers 200 or 429; other statuses come from proxies, or from a server in trouble. */
function http(status: number): Failure {
  const fault = `HTTP ${status}`;
  if (status === 413 || status === 414) return { is: 'refused', fault };
  return status >= 500 || status === 408 ? { is: 'unknown', fault } : { is: 'unheard', fault, own: false };
}
