import type { BootResponse, ClockInfo, Push } from '../client-protocol';
import type { WorkspaceEvent } from './bus';
import { clientChannel, clientMessage, clientUser, clientView } from './client-shapes';
import type { Core } from './core';
import type { Person } from './person';

export const clockInfo = (core: Core): ClockInfo => ({
  now: core.clock.now().getTime(),
  offsetMs: core.clock.offsetMs,
});

/** All a page needs to start as this person. */
export function boot(core: Core, person: Person): BootResponse {
  const { display_information: info, features } = core.manifest;
  const home = core.views.home(person.id);
  const known = [person.dm, ...core.store.channels.values()].filter(
    (channel, index, all) => all.indexOf(channel) === index && person.maySee(channel),
  );
  return {
    ok: true,
    team: core.team,
    me: clientUser(person.user),
    users: [...core.store.users.values()].map(clientUser),
    channels: known.map((channel) => clientChannel(channel, person)),
    app: {
      id: core.app.id,
      name: info.name,
      botUserId: core.app.bot.id,
      description: info.description ?? '',
      longDescription: info.long_description ?? '',
      homeEnabled: features?.app_home?.home_tab_enabled ?? false,
      messagesEnabled: features?.app_home?.messages_tab_enabled ?? true,
      connected: core.connected,
    },
    commands: (features?.slash_commands ?? []).map(({ command, description, usage_hint }) => ({
      command,
      description,
      usageHint: usage_hint ?? '',
    })),
    shortcuts: (features?.shortcuts ?? []).map(({ name, type, callback_id, description }) => ({
      name,
      type,
      callbackId: callback_id,
      description,
    })),
    home: home ? clientView(home) : null,
    modals: core.views.stack(person.id).map(clientView),
    clock: clockInfo(core),
    faults: core.faults.settings,
    abilities: {
      clock: true,
      databaseDown: core.host.setDatabaseDown !== undefined,
      tour: core.host.tour !== false,
      mail: core.host.mails !== undefined,
    },
  };
}

/** Everything this person's page is told about an event: a new message changes the unread mark of its channel, too. */
export function pushesFor(core: Core, person: Person, event: WorkspaceEvent): Push[] {
  const push = pushFor(core, person, event);
  const channel = event.type === 'message' && core.store.channels.get(event.message.channel);
  return [
    ...(push ? [push] : []),
    ...(push && channel ? [{ type: 'channel' as const, channel: clientChannel(channel, person) }] : []),
  ];
}

/** What this person's page is told about an event; undefined if it does not concern them. */
function pushFor(core: Core, person: Person, event: WorkspaceEvent): Push | undefined {
  switch (event.type) {
    case 'message':
    case 'message_changed':
    case 'message_deleted': {
      const { message } = event;
      const channel = core.store.channels.get(message.channel);
      if (!channel || !person.maySee(channel) || (message.ephemeralFor ?? person.id) !== person.id) return undefined;
      if (event.type !== 'message_deleted') return { type: event.type, message: clientMessage(core, message, person) };
      return {
        type: event.type,
        channel: channel.id,
        ts: message.ts,
        ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
      };
    }
    case 'channel':
      return person.maySee(event.channel) || event.left === person.id
        ? { type: 'channel', channel: clientChannel(event.channel, person) }
        : undefined;
    case 'modals':
      if (event.user !== person.id) return undefined;
      return {
        type: 'modals',
        modals: core.views.stack(person.id).map(clientView),
        ...(event.errors ? { errors: event.errors } : {}),
      };
    case 'home': {
      const view = event.user === person.id ? core.views.home(person.id) : undefined;
      return view ? { type: 'home', view: clientView(view) } : undefined;
    }
    case 'toast':
      return event.user === person.id ? { type: 'toast', level: event.level, text: event.text } : undefined;
    case 'clock':
      return { type: 'clock', clock: clockInfo(core) };
    case 'faults':
      return { type: 'faults', faults: core.faults.settings };
    case 'app':
      return { type: 'app', connected: event.connected };
    case 'traffic':
      return { type: 'traffic', entry: event.entry };
  }
}
