import type { BootResponse, Push } from '../../../client-protocol';
import { type Api, apiFor, listen, Refused } from '../api';
import { encodeText } from '../text/compose';
import { Outbox } from './outbox';
import { applyPush, withMessage, withTraffic, withViews } from './reduce';
import { modalsOfThisTab, readAddress, rememberTheme, startTheme, writeAddress } from './remember';
import {
  type AppTab,
  type Deed,
  initialState,
  type Panel,
  type Place,
  type State,
  type Theme,
  threadKey,
} from './state';

const TOAST_MS = 7000;

/** The page's one store: the state, and every action that changes it. Actions resolve once the server has answered. */
export class Workspace {
  private state: State = initialState(startTheme());
  private readonly watchers = new Set<() => void>();
  private user: string | null = readAddress().user;
  private stopListening: () => void = () => undefined;
  private nextId = 1;
  /** Pushes that arrived during a reload; null outside of one. */
  private held: Push[] | null = null;
  private readonly outboxes = new Map<string, Outbox>();
  api: Api = apiFor(this.user);

  readonly subscribe = (watcher: () => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };
  readonly get = () => this.state;

  set(change: Partial<State>) {
    this.state = { ...this.state, ...change };
    for (const watcher of this.watchers) watcher();
  }

  /** Loads everything as the user in the address (the server's choice without one) and starts to listen. */
  async start(): Promise<void> {
    const api = this.api;
    const boot = await api.boot().catch((fault: Refused) => fault);
    if (this.api !== api) return;
    if (boot instanceof Refused && boot.code !== 'unreachable' && this.user) {
      this.user = null;
      this.api = apiFor(null);
      return this.start();
    }
    if (boot instanceof Refused) return this.set({ status: 'failed', failure: boot.message });
    this.user = boot.me.id;
    this.api = apiFor(this.user);
    const address = readAddress();
    this.absorb(boot);
    this.listen(boot.me.id);
    await this.go(address.place ?? this.firstPlace(boot));
  }

  private absorb(boot: BootResponse) {
    this.set({
      status: 'live',
      boot,
      channels: boot.channels,
      clock: { ...boot.clock, receivedAt: Date.now() },
      faults: boot.faults,
      appConnected: boot.app.connected,
      ...withViews(this.state, modalsOfThisTab(boot.modals, false), boot.home),
    });
  }

  private firstPlace(boot: BootResponse): Place {
    const channel = boot.channels.find((each) => each.isMember && each.type !== 'im');
    return channel ? { kind: 'channel', id: channel.id } : { kind: 'app', tab: 'home' };
  }

  private listen(user: string) {
    this.stopListening();
    this.stopListening = listen(user, {
      push: (push) => this.receive(push),
      open: () => {
        this.set({ status: 'live' });
        this.attempt(() => this.refresh());
      },
      lost: () => this.set({ status: 'reconnecting' }),
    });
  }

  /**
   * Whenever the stream of pushes begins, including the first time: everything is reloaded, nothing typed is lost.
   * Pushes wait meanwhile, because they are newer than what is being read.
   */
  private async refresh() {
    const { api } = this;
    this.held ??= [];
    try {
      const boot = await api.boot();
      const shown = this.channelOf(this.state.place);
      const feed = shown ? await api.history(shown) : null;
      if (this.api !== api) return;
      this.absorb(boot);
      const onlyHere = this.state.feeds[shown ?? '']?.messages.filter((each) => each.ephemeral) ?? [];
      const feeds =
        shown && feed ? { [shown]: { ...feed, messages: onlyHere.reduce(withMessage, feed.messages) } } : {};
      this.set({ feeds, threads: {} });
      const { thread } = this.state;
      if (thread) await this.loadThread(thread.channel, thread.ts);
    } finally {
      if (this.api === api) this.release();
    }
  }

  private release() {
    const held = this.held ?? [];
    this.held = null;
    for (const push of held) this.receive(push);
  }

  private receive(push: Push) {
    if (this.held) return void this.held.push(push);
    if (push.type === 'toast') return this.toast(push.level, push.text);
    const shown = push.type === 'modals' ? { ...push, modals: modalsOfThisTab(push.modals, true) } : push;
    this.set(applyPush(this.state, shown));
    if (push.type === 'message') this.markRead(push.message.channel);
  }

  toast(level: 'info' | 'error', text: string) {
    const id = this.nextId++;
    this.set({ toasts: [...this.state.toasts.slice(-3), { id, level, text }] });
    window.setTimeout(() => this.dropToast(id), TOAST_MS);
  }
  dropToast(id: number) {
    this.set({ toasts: this.state.toasts.filter((each) => each.id !== id) });
  }
  note(is: Deed['is'], label: string) {
    this.set({ lastDeed: { id: this.nextId++, is, label } });
  }

  /** Runs an action; a refusal becomes a toast. Returns whether it succeeded, so that callers can keep the text. */
  async attempt(deed: () => Promise<unknown>): Promise<boolean> {
    try {
      await deed();
      return true;
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      this.toast('error', fault.message);
      return false;
    }
  }

  /** A view's queue to the server. */
  outboxOf(viewId: string): Outbox {
    const isOpen = () => viewId === this.state.home?.id || this.state.modals.some((each) => each.id === viewId);
    const known = this.outboxes.get(viewId);
    const outbox =
      known ??
      new Outbox(
        viewId,
        () => this.api,
        (deed) => this.attempt(deed),
        isOpen,
      );
    if (!known) this.outboxes.set(viewId, outbox);
    return outbox;
  }

  /** Acts as another person from now on. */
  async switchUser(user: string) {
    this.stopListening();
    this.held = null;
    const { theme, panel, traffic } = this.state;
    this.state = { ...initialState(theme), panel, traffic, boot: this.state.boot };
    this.user = user;
    this.api = apiFor(user);
    writeAddress(user, null);
    await this.start();
  }

  /** The channel whose messages a place shows; the app's Messages tab shows its DM. */
  channelOf(place: Place): string | null {
    if (place.kind === 'channel') return place.id;
    if (place.tab !== 'messages') return null;
    const bot = this.state.boot?.app.botUserId;
    return this.state.channels.find((each) => each.type === 'im' && each.user === bot)?.id ?? null;
  }

  async go(place: Place) {
    const bot = this.state.boot?.app.botUserId;
    const isAppDm = place.kind === 'channel' && this.state.channels.some((c) => c.id === place.id && c.user === bot);
    const target: Place = isAppDm ? { kind: 'app', tab: 'messages' } : place;
    this.set({ place: target, drawer: false, thread: null });
    if (this.user) writeAddress(this.user, target);
    if (target.kind === 'app' && target.tab !== 'about') await this.openApp(target.tab);
    const channel = this.channelOf(target);
    if (channel && !this.state.feeds[channel]) await this.attempt(() => this.loadFeed(channel));
    if (channel) this.markRead(channel);
  }

  private async openApp(tab: Exclude<AppTab, 'about'>) {
    const bot = this.state.boot?.app.botUserId;
    const known = this.state.channels.some((each) => each.type === 'im' && each.user === bot);
    if (tab === 'messages' && !known && bot) {
      await this.attempt(async () =>
        this.set(applyPush(this.state, { type: 'channel', ...(await this.api.openDm([bot])) })),
      );
    }
    await this.attempt(() => this.api.openApp(tab));
  }

  async openDm(user: string) {
    await this.attempt(async () => {
      const { channel } = await this.api.openDm([user]);
      this.set(applyPush(this.state, { type: 'channel', channel }));
      await this.go({ kind: 'channel', id: channel.id });
    });
  }

  markRead(channel: string) {
    if (document.visibilityState !== 'visible' || this.channelOf(this.state.place) !== channel) return;
    if (!this.state.channels.some((each) => each.id === channel && each.isMember)) return;
    this.attempt(() => this.api.read(channel));
  }

  private async loadFeed(channel: string) {
    const feed = await this.api.history(channel);
    const early = this.state.feeds[channel]?.messages ?? [];
    this.set({
      feeds: { ...this.state.feeds, [channel]: { ...feed, messages: early.reduce(withMessage, feed.messages) } },
    });
  }

  /** One more page of history above what is loaded. */
  async loadOlder(channel: string) {
    const feed = this.state.feeds[channel];
    const oldest = feed?.messages[0];
    if (!feed?.hasMore || !oldest) return;
    await this.attempt(async () => {
      const older = await this.api.history(channel, oldest.ts);
      const now = this.state.feeds[channel]?.messages ?? [];
      const known = new Set(now.map((each) => each.ts));
      const messages = [...older.messages.filter((each) => !known.has(each.ts)), ...now];
      this.set({ feeds: { ...this.state.feeds, [channel]: { messages, hasMore: older.hasMore } } });
    });
  }

  async openThread(channel: string, ts: string) {
    this.set({ thread: { channel, ts } });
    await this.attempt(() => this.loadThread(channel, ts));
  }
  private async loadThread(channel: string, ts: string) {
    const { messages } = await this.api.replies(channel, ts);
    this.set({ threads: { ...this.state.threads, [threadKey(channel, ts)]: messages } });
  }
  closeThread() {
    this.set({ thread: null });
  }

  /** Sends a message or runs a slash command; like in Slack, the first word decides. */
  send(channel: string, typed: string, threadTs: string | undefined, files: string[]) {
    const { boot, channels } = this.state;
    const [first = '', ...rest] = typed.trim().split(/\s+/);
    const thread = threadTs ? { threadTs } : {};
    if (!first.startsWith('/') || first.includes('/', 1) || !boot) {
      const text = encodeText(typed, boot?.users ?? [], channels);
      return this.attempt(() => this.api.send({ channel, text, ...thread, ...(files.length ? { files } : {}) }));
    }
    if (!boot.commands.some((each) => each.command === first)) {
      this.toast('error', `${first} is not a valid command. Type / to see the commands of this workspace.`);
      return Promise.resolve(false);
    }
    this.note('command', first);
    return this.attempt(() => this.api.command({ channel, command: first, text: rest.join(' '), ...thread }));
  }

  setPanel(panel: Panel) {
    this.set({ panel });
    if (panel !== 'traffic') return;
    this.attempt(async () => {
      const { entries } = await this.api.traffic(0);
      this.set(withTraffic(this.state, entries));
    });
  }
  setTheme(theme: Theme) {
    rememberTheme(theme);
    this.set({ theme });
  }
  moveClock(move: { advanceMs: number } | { to: 'next_business_day_9' }) {
    return this.attempt(async () =>
      this.set(applyPush(this.state, { type: 'clock', ...(await this.api.clock(move)) })),
    );
  }
}
