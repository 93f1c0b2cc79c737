import type { ClientMessage, ClientView, Push, TrafficEntry } from '../../../client-protocol';
import { actionIdsOf } from '../blocks/read';
import { isReply, type State, threadKey } from './state';

const TRAFFIC_KEPT = 1000;

/** Adds or replaces a message, in order of ts. */
export function withMessage(list: readonly ClientMessage[], message: ClientMessage): ClientMessage[] {
  const at = list.findIndex((each) => each.ts === message.ts);
  if (at >= 0) return list.toSpliced(at, 1, message);
  const after = list.findLastIndex((each) => each.ts < message.ts);
  return list.toSpliced(after + 1, 0, message);
}

function addMessage(state: State, message: ClientMessage): Partial<State> {
  const key = threadKey(message.channel, message.threadTs ?? message.ts);
  const thread = state.threads[key];
  const threads = thread ? { ...state.threads, [key]: withMessage(thread, message) } : state.threads;
  const feed = state.feeds[message.channel];
  if (isReply(message) || !feed) return { threads };
  return {
    threads,
    feeds: { ...state.feeds, [message.channel]: { ...feed, messages: withMessage(feed.messages, message) } },
  };
}

function changeMessage(state: State, message: ClientMessage): Partial<State> {
  const feed = state.feeds[message.channel];
  const tooOld = feed?.hasMore && (feed.messages[0]?.ts ?? '') > message.ts;
  return tooOld ? {} : addMessage(state, message);
}

function removeMessage(state: State, push: Extract<Push, { type: 'message_deleted' }>): Partial<State> {
  const key = threadKey(push.channel, push.threadTs ?? push.ts);
  const thread = state.threads[key];
  const feed = state.feeds[push.channel];
  const without = (list: ClientMessage[]) => list.filter((each) => each.ts !== push.ts);
  return {
    threads: thread ? { ...state.threads, [key]: without(thread) } : state.threads,
    feeds: feed ? { ...state.feeds, [push.channel]: { ...feed, messages: without(feed.messages) } } : state.feeds,
  };
}

/**
 * Like Slack, keeps what a person entered across an update of the view while block_id and action_id stay the same.
 * Entries without an element are dropped.
 */
export function keepEntered(entered: ClientView['values'] | undefined, view: ClientView): ClientView['values'] {
  const kept: ClientView['values'] = {};
  for (const [blockId, actionId] of actionIdsOf(view.blocks)) {
    const value = entered?.[blockId]?.[actionId];
    if (value) kept[blockId] = { ...kept[blockId], [actionId]: value };
  }
  return kept;
}

export function withViews(state: State, modals: ClientView[], home: ClientView | null): Partial<State> {
  const values: State['values'] = {};
  for (const view of home ? [...modals, home] : modals) values[view.id] = keepEntered(state.values[view.id], view);
  const modalErrors = Object.fromEntries(Object.entries(state.modalErrors).filter(([id]) => id in values));
  return { modals, home, values, modalErrors };
}

/** Adds or replaces traffic lines by id, and keeps the newest ones. */
export function withTraffic(state: State, entries: readonly TrafficEntry[]): Partial<State> {
  const byId = new Map([...state.traffic, ...entries].map((each) => [each.id, each]));
  return { traffic: [...byId.values()].sort((a, b) => a.id - b.id).slice(-TRAFFIC_KEPT) };
}

/** What one push changes. Pure except for the time when a clock reading arrived. */
export function applyPush(state: State, push: Push): Partial<State> {
  switch (push.type) {
    case 'message':
      return addMessage(state, push.message);
    case 'message_changed':
      return changeMessage(state, push.message);
    case 'message_deleted':
      return removeMessage(state, push);
    case 'channel': {
      const at = state.channels.findIndex((each) => each.id === push.channel.id);
      return {
        channels: at < 0 ? [...state.channels, push.channel] : state.channels.toSpliced(at, 1, push.channel),
      };
    }
    case 'modals': {
      const change = withViews(state, push.modals, state.home);
      const top = push.modals.at(-1);
      return push.errors && top ? { ...change, modalErrors: { ...change.modalErrors, [top.id]: push.errors } } : change;
    }
    case 'home':
      return withViews(state, state.modals, push.view);
    case 'clock':
      return { clock: { ...push.clock, receivedAt: Date.now() } };
    case 'faults':
      return { faults: push.faults };
    case 'app':
      return { appConnected: push.connected };
    case 'traffic':
      return withTraffic(state, [push.entry]);
    case 'toast':
      return {};
  }
}
