import type {
  BootResponse,
  ClientChannel,
  ClientMessage,
  ClientView,
  ClockInfo,
  FaultSettings,
  TrafficEntry,
} from '../../../client-protocol';

export type AppTab = 'home' | 'messages' | 'about';
/** What the main pane shows. */
export type Place = { kind: 'channel'; id: string } | { kind: 'app'; tab: AppTab };
export type Panel = 'traffic' | 'faults' | 'mail' | null;
export type Theme = 'light' | 'dark';

/** The loaded part of a channel's top-level messages, oldest first. */
export interface Feed {
  messages: ClientMessage[];
  hasMore: boolean;
}
export interface Toast {
  id: number;
  level: 'info' | 'error';
  text: string;
}
/** What the person just did, for the guided tour, which watches actions and their effects, never the app's texts. */
export type Deed = { id: number; is: 'pressed' | 'submitted' | 'closed' | 'command'; label: string };

export interface State {
  status: 'loading' | 'live' | 'reconnecting' | 'failed';
  /** Why the page could not start. */
  failure: string;
  boot: BootResponse | null;
  channels: ClientChannel[];
  place: Place;
  feeds: { [channel: string]: Feed };
  thread: { channel: string; ts: string } | null;
  /** The last message opened by a link: a new object for each visit. */
  found: { channel: string; ts: string } | null;
  /** Parent first, by `channel:ts` of the parent. */
  threads: { [key: string]: ClientMessage[] };
  modals: ClientView[];
  modalErrors: { [viewId: string]: { [blockId: string]: string } };
  home: ClientView | null;
  /** Values typed or picked in views that the server may not have yet, by view id. */
  values: { [viewId: string]: ClientView['values'] };
  clock: ClockInfo & { receivedAt: number };
  faults: FaultSettings | null;
  appConnected: boolean;
  traffic: TrafficEntry[];
  toasts: Toast[];
  panel: Panel;
  /** The side bar is open as a drawer (narrow screens only). */
  drawer: boolean;
  theme: Theme;
  lastDeed: Deed | null;
}

export const initialState = (theme: Theme): State => ({
  status: 'loading',
  failure: '',
  boot: null,
  channels: [],
  place: { kind: 'app', tab: 'home' },
  feeds: {},
  thread: null,
  found: null,
  threads: {},
  modals: [],
  modalErrors: {},
  home: null,
  values: {},
  clock: { now: Date.now(), offsetMs: 0, receivedAt: Date.now() },
  faults: null,
  appConnected: false,
  traffic: [],
  toasts: [],
  panel: null,
  drawer: false,
  theme,
  lastDeed: null,
});

export const threadKey = (channel: string, ts: string) => `${channel}:${ts}`;
export const isReply = (message: { ts: string; threadTs?: string }) =>
  message.threadTs !== undefined && message.threadTs !== message.ts;
/** The workspace's now, epoch ms. */
export const nowOf = (state: Pick<State, 'clock'>) => state.clock.now + (Date.now() - state.clock.receivedAt);
