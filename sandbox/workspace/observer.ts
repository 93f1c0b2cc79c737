import type { WorkspaceEvent } from './bus';
import { Refusal } from './errors';
import type { Message } from './message-log';
import type { StoredView } from './model';
import type { Person } from './person';
import { openDm } from './person-talks';
import { type MessageReading, readMessage, readView, type ViewReading } from './reading';

/** How long the `waitFor…` functions wait by default, ms. */
export const WAIT_MS = 15_000;

const anyMessage = (_message: MessageReading): boolean => true;
const anyView = (_view: ViewReading): boolean => true;
const MESSAGE_EVENTS: ReadonlySet<string> = new Set(['message', 'message_changed']);

/** What one person sees: channels, threads, direct messages, modals, Home. The `waitFor…` functions listen, and never poll. */
export class Observer {
  constructor(protected readonly person: Person) {}

  get id(): string {
    return this.person.id;
  }
  get name(): string {
    return this.person.user.name;
  }

  /** The top modal. Throws if none is open. */
  modal(): ViewReading {
    return this.reads(this.topModal());
  }

  /** How many modals are open. */
  get modalCount(): number {
    return this.person.core.views.stack(this.id).length;
  }

  /** The top modal once there is one that `fits`. */
  waitForModal(fits = anyView, timeoutMs = WAIT_MS): Promise<ViewReading> {
    const look = (): ViewReading | undefined => this.fitting(this.person.core.views.top(this.id), fits);
    return this.onView('modals', look, timeoutMs, `${this.name}'s modal`);
  }

  /** The newest messages of a channel this person can see, oldest first. */
  read(channel: string, limit = 100): MessageReading[] {
    return this.readings(this.person.visible(channel).log.page({ limit }).messages);
  }

  /** A thread, parent first. */
  thread(channel: string, ts: string): MessageReading[] {
    const { channel: where, message } = this.person.message(channel, ts);
    return this.readings([message, ...where.log.replies(ts)]);
  }

  /** The direct message with the app, oldest first. */
  dm(): MessageReading[] {
    return this.read(this.person.dm.id);
  }

  /** The id of the direct message with the app, or with another person. */
  dmId(other?: string): string {
    return other === undefined ? this.person.dm.id : openDm(this.person, [other]).id;
  }

  /** What only this person sees in a channel (by default in all), oldest first. */
  ephemerals(channel?: string): MessageReading[] {
    const id = channel === undefined ? undefined : this.person.visible(channel).id;
    const all = this.person.core.store.ephemeralsOf(this.id);
    return this.readings(all.filter((message) => id === undefined || message.channel === id));
  }

  /** The Home last published to this person. Throws if there is none. */
  home(): ViewReading {
    return this.reads(this.homeView());
  }

  waitForHome(fits = anyView, timeoutMs = WAIT_MS): Promise<ViewReading> {
    const look = (): ViewReading | undefined => this.fitting(this.person.core.views.home(this.id), fits);
    return this.onView('home', look, timeoutMs, `${this.name}'s Home`);
  }

  /** The newest message of a channel that `fits`, once there is one (not in threads). */
  waitForMessage(channel: string, fits = anyMessage, timeoutMs = WAIT_MS): Promise<MessageReading> {
    const { id } = this.person.visible(channel);
    const belongs = (message: Message): boolean =>
      message.channel === id &&
      message.ephemeralFor === undefined &&
      (message.threadTs === undefined || message.broadcast === true);
    return this.onMessage(() => this.read(id), belongs, fits, timeoutMs, `a message in ${channel}`);
  }

  /** The newest reply of a thread that `fits`, once there is one. */
  waitForReply(channel: string, ts: string, fits = anyMessage, timeoutMs = WAIT_MS): Promise<MessageReading> {
    const belongs = (message: Message): boolean => message.threadTs === ts && message.ephemeralFor === undefined;
    return this.onMessage(() => this.thread(channel, ts).slice(1), belongs, fits, timeoutMs, `a reply in ${channel}`);
  }

  waitForDm(fits = anyMessage, timeoutMs = WAIT_MS): Promise<MessageReading> {
    return this.waitForMessage(this.person.dm.id, fits, timeoutMs);
  }

  waitForEphemeral(fits = anyMessage, timeoutMs = WAIT_MS): Promise<MessageReading> {
    const belongs = (message: Message): boolean => message.ephemeralFor === this.id;
    return this.onMessage(() => this.ephemerals(), belongs, fits, timeoutMs, `a message only ${this.name} sees`);
  }

  /** The app's newest message to this person alone, ephemeral or direct, that `fits`. */
  waitForWord(fits = anyMessage, timeoutMs = WAIT_MS): Promise<MessageReading> {
    const belongs = ({ ephemeralFor, channel }: Message): boolean =>
      ephemeralFor === this.id || channel === this.person.dm.id;
    const there = (): MessageReading[] => [...this.dm(), ...this.ephemerals()];
    return this.onMessage(there, belongs, fits, timeoutMs, `a word to ${this.name} alone`);
  }

  protected topModal(): StoredView {
    const view = this.person.core.views.top(this.id);
    if (!view) throw new Refusal('no_modal', `${this.name} has no modal open.`);
    return view;
  }

  protected homeView(): StoredView {
    const view = this.person.core.views.home(this.id);
    if (!view) throw new Refusal('no_home', `The app has published no Home to ${this.name}.`);
    return view;
  }

  /** Looks now and whenever this person's modals (or Home) change. */
  protected onView<T>(kind: 'modals' | 'home', look: () => T | undefined, timeoutMs: number, what: string): Promise<T> {
    const concerns = (event: WorkspaceEvent): boolean => event.type === kind && event.user === this.id;
    return this.person.core.bus.until((event) => (!event || concerns(event) ? look() : undefined), timeoutMs, what);
  }

  /** A view with names and times as this person sees them. */
  protected reads(view: StoredView): ViewReading {
    return readView(this.person.core, view, this.person.user.tz);
  }

  /** A message with names and times as this person sees them. */
  protected readsMessage(message: Message): MessageReading {
    return readMessage(this.person.core, message, this.person.user.tz);
  }

  protected readings(messages: readonly Message[]): MessageReading[] {
    return messages.map((message) => this.readsMessage(message));
  }

  protected fitting(view: StoredView | undefined, fits: (view: ViewReading) => boolean): ViewReading | undefined {
    const reading = view && this.reads(view);
    return reading && fits(reading) ? reading : undefined;
  }

  /** Looks through existing messages, then at each that arrives or changes. */
  private onMessage(
    there: () => MessageReading[],
    belongs: (message: Message) => boolean,
    fits: (message: MessageReading) => boolean,
    timeoutMs: number,
    what: string,
  ): Promise<MessageReading> {
    const look = (event?: WorkspaceEvent): MessageReading | undefined => {
      if (!event) return there().findLast(fits);
      if (!MESSAGE_EVENTS.has(event.type) || !('message' in event) || !belongs(event.message)) return undefined;
      const reading = this.readsMessage(event.message);
      return fits(reading) ? reading : undefined;
    };
    return this.person.core.bus.until(look, timeoutMs, what);
  }
}
