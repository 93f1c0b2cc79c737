import type { JsonObject } from '../client-protocol';
import type { Core } from './core';
import type { Sent } from './deliveries';
import { Refusal } from './errors';
import { isObject } from './json';
import type { Message } from './message-log';
import type { Channel, StoredView, User } from './model';

/** The result of an action. `error`: Slack's code, `message`: what the person sees. */
export type Outcome = { ok: true } | { ok: false; error: string; message: string };
export const DONE: Outcome = { ok: true };

/** Where a button is: in a view, or on a message. */
export type Container = { viewId: string } | { channel: string; ts: string };

/** Who acts, and what they may see. Throws a Refusal with a sentence for whatever they may not. */
export class Person {
  constructor(
    readonly core: Core,
    readonly user: User,
  ) {}

  get id(): string {
    return this.user.id;
  }

  /** Refuses if the account is deactivated. */
  mustBeActive(): void {
    if (this.user.deleted) throw new Refusal('account_inactive', `${this.user.realName}'s account is deactivated.`);
  }

  maySee(channel: Channel): boolean {
    return channel.type === 'public' || channel.members.has(this.id);
  }

  /** A channel this person may read. */
  visible(idOrName: string): Channel {
    const channel = this.core.store.channel(idOrName);
    if (!channel || !this.maySee(channel))
      throw new Refusal('channel_not_found', `There is no channel ${idOrName} that ${this.user.realName} can see.`);
    return channel;
  }

  /** A channel this person may act in now. */
  writable(idOrName: string): Channel {
    this.mustBeActive();
    const channel = this.visible(idOrName);
    if (!channel.members.has(this.id)) throw new Refusal('not_in_channel', `Join #${channel.name} first.`);
    if (channel.archived)
      throw new Refusal('is_archived', `#${channel.name} is archived; nothing can be posted there.`);
    return channel;
  }

  /** A message this person sees in a channel they may read. */
  message(channelId: string, ts: string): { channel: Channel; message: Message } {
    const channel = this.visible(channelId);
    const message = this.core.store.message(channel, ts, this.id);
    if (!message) throw new Refusal('message_not_found', 'That message is gone.');
    return { channel, message };
  }

  /** One of this person's own open views. */
  view(viewId: string): StoredView {
    const view = this.core.views.get(viewId);
    if (view?.user !== this.id) throw new Refusal('view_not_found', 'That dialog is not open any more.');
    return view;
  }

  /** The person's direct message with the app. */
  get dm(): Channel {
    return this.core.store.im(this.core.team.id, this.core.app.bot.id, this.id, this.core.nowSec());
  }

  /** The person as in payloads. */
  get payloadUser(): JsonObject {
    return {
      id: this.id,
      username: this.user.name,
      name: this.user.name,
      team_id: this.user.team ?? this.core.team.id,
    };
  }

  /** Fields that every interactive payload has. */
  get common(): JsonObject {
    const { team, app } = this.core;
    return {
      token: 'sandbox-verification',
      team: { id: team.id, domain: team.domain },
      user: this.payloadUser,
      api_app_id: app.id,
      enterprise: null,
      is_enterprise_install: false,
    };
  }

  channelField(channel: Channel): JsonObject {
    return { id: channel.id, name: channel.type === 'im' ? 'directmessage' : channel.name };
  }

  responseUrl(channel: Channel, message?: Message): string {
    const threadTs = message?.threadTs;
    const id = this.core.responseUrls.mint({
      channel: channel.id,
      user: this.id,
      ...(message ? { messageTs: message.ts } : {}),
      ...(threadTs === undefined ? {} : { threadTs }),
    });
    return `${this.core.url}/response/${id}`;
  }

  /** Sends an interaction. Refuses if the manifest has interactivity off. */
  async interact(name: string, payload: JsonObject): Promise<Sent> {
    this.mustBeActive();
    if (this.core.manifest.settings?.interactivity?.is_enabled !== true)
      throw new Refusal('interactivity_disabled', 'This app is not configured to handle interactive responses.');
    const { deliveries } = this.core;
    if (!deliveries) throw new Refusal('not_started', 'The workspace has not started yet.');
    return deliveries.ask('interactive', name, this.id, payload);
  }

  /** Shows a toast, as Slack does for failures. */
  toast(text: string, level: 'info' | 'error' = 'error'): void {
    this.core.bus.emit({ type: 'toast', user: this.id, level, text });
  }

  /** The result of a delivery; a failed one is shown to the person. */
  outcome(sent: Sent, whenFailed: (error: string) => string): Outcome {
    if (sent.ok) return DONE;
    const message = whenFailed(sent.error);
    this.toast(message);
    return { ok: false, error: sent.error, message };
  }
}

/** The person by id or handle; refuses strangers. */
export function personOf(core: Core, idOrName: string): Person {
  const user = core.store.user(idOrName);
  if (!user || user.isBot) throw new Refusal('user_not_found', `There is nobody called ${idOrName} in this workspace.`);
  return new Person(core, user);
}

export const isChannelContainer = (container: Container): container is { channel: string; ts: string } =>
  isObject(container) && 'channel' in container;
