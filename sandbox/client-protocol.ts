/**
 * The protocol between the browser page and the sandbox server. The page acts as one user at a time and stores nothing
 * of its own: it makes requests over HTTP (`/client/...`, JSON, the acting user in the `x-user` header) and receives
 * changes over one web socket (`/client/socket?user=U…`, one JSON `Push` a frame).
 *
 * Every refused request answers 4xx with `{ ok: false, error: string, message: string }`, `message` for a person.
 */

/** A Slack block, view or message attachment, as sent. Deliberately not validated: the page renders anything. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export interface ClientUser {
  id: string;
  /** Handle without @. */
  name: string;
  realName: string;
  email: string;
  /** IANA zone. */
  tz: string;
  /** What this person does in the demo, e.g. "Area Manager, West". Empty for the app's bot. */
  role: string;
  isBot: boolean;
  deleted: boolean;
}

export interface ClientChannel {
  id: string;
  /** Channel name without #, or '' for a DM. */
  name: string;
  type: 'public' | 'private' | 'im';
  archived: boolean;
  isMember: boolean;
  memberCount: number;
  /** For a DM: the other person (or the app's bot user). */
  user: string | null;
  topic: string;
  unread: number;
  /** ts of the newest message, or null. */
  latest: string | null;
}

export interface ClientMessage {
  ts: string;
  channel: string;
  /** Author's user id (the bot user for the app). */
  user: string;
  text: string;
  blocks?: JsonObject[];
  attachments?: JsonObject[];
  files?: ClientFile[];
  threadTs?: string;
  replyCount?: number;
  replyUsers?: string[];
  latestReply?: string;
  editedTs?: string;
  /** Only the acting user sees it; gone after reload. */
  ephemeral?: boolean;
  reactions?: { name: string; users: string[] }[];
  deleted?: boolean;
}

export interface ClientFile {
  id: string;
  name: string;
  mimetype: string;
  size: number;
  title: string;
  /** Path on this server, readable by the acting user. */
  url: string;
}

/** A modal or Home as the app defined it plus the state the server keeps for it. */
export interface ClientView {
  id: string;
  type: 'modal' | 'home';
  callbackId: string;
  title: JsonObject | null;
  submit: JsonObject | null;
  close: JsonObject | null;
  blocks: JsonObject[];
  hash: string;
  /** `state.values` exactly as Slack reports it: values[block_id][action_id]. */
  values: { [blockId: string]: { [actionId: string]: JsonObject } };
}

export interface SlashCommandInfo {
  command: string;
  description: string;
  usageHint: string;
}
export interface ShortcutInfo {
  name: string;
  type: 'global' | 'message';
  callbackId: string;
  description: string;
}

export interface ClockInfo {
  /** The workspace's "now", epoch ms; moves with real time from here. */
  now: number;
  /** How far it was moved ahead of real time, ms. */
  offsetMs: number;
}

/** Fault switches, all off by default. Times in ms, counts are "the next n requests". */
export interface FaultSettings {
  /** Added to every Web API answer. */
  latencyMs: number;
  /**
   * Answer 429 with this Retry-After (s; null: without the header) to the next n Web API calls: of `method` and with
   * `matching` somewhere in their arguments, when given.
   */
  rateLimit: { remaining: number; retryAfterSec: number | null; method?: string; matching?: string };
  /** Answer 500 before doing anything. */
  errorBefore: { remaining: number; method?: string };
  /** Do it, then answer 500: the caller cannot know. */
  errorAfter: { remaining: number; method?: string };
  /** Do it, then cut the connection without an answer. */
  lostReply: { remaining: number; method?: string };
  /** Every Web API call fails with 503 and sockets are refused while true. */
  slackDown: boolean;
  /** Deliver the next n payloads twice. */
  duplicateDeliveries: number;
  /** Only if the host of the sandbox offers it (the demo does). */
  databaseDown: boolean;
}

export interface BootResponse {
  ok: true;
  team: { id: string; name: string; domain: string };
  me: ClientUser;
  users: ClientUser[];
  channels: ClientChannel[];
  app: {
    id: string;
    name: string;
    botUserId: string;
    description: string;
    longDescription: string;
    homeEnabled: boolean;
    messagesEnabled: boolean;
    connected: boolean;
  };
  commands: SlashCommandInfo[];
  shortcuts: ShortcutInfo[];
  home: ClientView | null;
  /** Modals open for this user, root first. */
  modals: ClientView[];
  clock: ClockInfo;
  faults: FaultSettings;
  /** What the host offers besides Slack itself: moving the clock, stopping the database, a guided tour. */
  abilities: { clock: boolean; databaseDown: boolean; tour: boolean; mail: boolean };
}

/** A mail that the app sent, as the demo's mail server received it. */
export interface ClientMail {
  messageId: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** When it arrived, ms since 1970. */
  at: number;
}

/** One line of the traffic drawer. */
export interface TrafficEntry {
  id: number;
  /** Workspace time, epoch ms. */
  at: number;
  /** `api`: the app called the Web API. Others: Slack called the app. */
  kind: 'api' | 'command' | 'interactive' | 'event' | 'ack' | 'response_url' | 'socket' | 'fault';
  /** Method, command, event or action name. */
  name: string;
  user: string | null;
  /** Round trip in ms; null while open or if there is none. */
  durationMs: number | null;
  /** HTTP-like status; 0 while open. */
  status: number;
  ok: boolean;
  /** Short human summary ("ok", "missing_scope", "acked with errors", "not acked in 3 s"). */
  summary: string;
  request: Json;
  response: Json;
}

export type Push =
  | { type: 'message'; message: ClientMessage }
  | { type: 'message_changed'; message: ClientMessage }
  | { type: 'message_deleted'; channel: string; ts: string; threadTs?: string }
  | { type: 'channel'; channel: ClientChannel }
  | { type: 'modals'; modals: ClientView[]; errors?: { [blockId: string]: string } }
  | { type: 'home'; view: ClientView }
  | { type: 'clock'; clock: ClockInfo }
  | { type: 'faults'; faults: FaultSettings }
  | { type: 'app'; connected: boolean }
  | { type: 'toast'; level: 'info' | 'error'; text: string }
  | { type: 'traffic'; entry: TrafficEntry };

/**
 * The requests. All POST bodies and answers are JSON; answers are `{ ok: true, ...result }`.
 *
 * GET  /client/boot                                   -> BootResponse (without x-user: as the first person)
 * GET  /client/history?channel=C&before=TS&limit=N    -> { messages: ClientMessage[] (oldest first), hasMore: boolean }
 * GET  /client/replies?channel=C&ts=TS                -> { messages: ClientMessage[] (parent first) }
 * GET  /client/mails                                  -> { mails: ClientMail[] }, newest first
 * GET  /client/traffic?after=ID&limit=N               -> { entries: TrafficEntry[] }
 * POST /client/read      { channel }                  marks the channel read
 * POST /client/message   { channel, text, threadTs?, files?: string[] }       -> { ts }   (text may hold <@U…> mentions)
 * POST /client/edit      { channel, ts, text }
 * POST /client/delete    { channel, ts }
 * POST /client/react     { channel, ts, name }        toggles
 * POST /client/command   { channel, command, text, threadTs? }   -> answered when acked; a failed one also pushes a toast
 * POST /client/shortcut  { callbackId, channel?, ts? }
 * POST /client/input     { viewId, blockId, actionId, value: JsonObject, dispatch?: boolean }
 *                                                     stores a state value; dispatches block_actions when the block asks
 *                                                     for it (dispatch_action, or a section/actions block), unless
 *                                                     `dispatch` is false (typing in a text before Enter)
 * POST /client/action    { container: { viewId } | { channel, ts }, blockId, actionId, value?: JsonObject }
 *                        presses a button, or picks in a select/overflow/date of a message; value is what Slack's action
 *                        object carries besides ids (selected_option, selected_date ...). Answered when acked.
 * POST /client/suggest   { container: { viewId } | { channel, ts }, blockId, actionId, query } -> { options?, optionGroups? }
 * POST /client/submit    { viewId, values: ClientView['values'] }  -> { errors?: { [blockId]: text } }; the new stack comes as a push
 * POST /client/close     { viewId, all?: boolean }    closes one modal or the whole stack
 * POST /client/home      { tab: 'home' | 'messages' } opens the app: app_home_opened is sent
 * POST /client/open      { users: string[] }          opens a DM -> { channel: ClientChannel }
 * POST /client/join      { channel }
 * POST /client/upload    multipart `file`             -> { file: ClientFile }  (private until shared)
 * GET  /client/file/:id
 * POST /client/clock     { advanceMs: number } | { to: 'next_business_day_9' }   -> { clock: ClockInfo }
 * POST /client/faults    Partial<FaultSettings>       -> { faults: FaultSettings }
 * POST /client/faults/drop-socket {}                  closes the app's sockets once
 */
