import type { KnownBlock, ModalView } from '@slack/types';
import { AREA_NAME_MAX } from '../../../domain/directory-rules';
import { type WindowMemory, windowBlock } from '../../../slack/ids/home-window';
import { field, literalSection, note } from '../../lines';
import { mrkdwn, plainText } from '../../text';
import { channelElement, homeWindow, lineElement, personElement, zoneElement } from './parts';

/** An area as its window shows it; missing values are empty. */
export interface AreaEntries {
  readonly name: string;
  readonly timeZone: string;
  readonly channel: string;
  readonly areaManager: string;
  readonly deputy: string;
  readonly manager: string;
  readonly fallbackChannel: string;
}

interface Redrawn {
  /** What it says at the top. */
  readonly notice?: readonly KnownBlock[];
  /** Fields that show another value than before. */
  readonly fresh?: readonly (keyof AreaEntries)[];
  /** Time zones of other areas, offered first. */
  readonly usedZones?: readonly string[];
}

/** Adds an area (no key), or changes one, whose name stays, because its cases refer to it. */
export function areaWindow(
  memory: WindowMemory,
  entries: AreaEntries,
  zones: readonly string[],
  { notice = [], fresh = [], usedZones }: Redrawn = {},
): ModalView {
  const blockOf = (name: keyof AreaEntries) => windowBlock(name, fresh.includes(name) ? memory.version : null);
  const isNew = memory.key === '';
  const name: KnownBlock = isNew
    ? field(
        { block: 'name', label: 'Name', hint: 'Such as West. It cannot be changed later.' },
        lineElement(entries.name, AREA_NAME_MAX),
      )
    : { type: 'section', text: mrkdwn('*Area*'), fields: [plainText(entries.name)] };
  return homeWindow({
    id: 'area',
    title: isNew ? 'Add an area' : 'Change an area',
    submit: isNew ? 'Add' : 'Save',
    memory,
    blocks: [
      ...notice,
      name,
      field(
        {
          block: blockOf('timeZone'),
          label: 'Time zone',
          hint: 'Opening hours, digests and clocks follow it. Type a city to find it.',
        },
        zoneElement(zones, entries.timeZone, usedZones),
      ),
      field(
        {
          block: blockOf('channel'),
          label: 'Channel',
          optional: true,
          hint: 'Where its cards go. Invite Warmline there first: type /invite @Warmline in the channel.',
        },
        channelElement(entries.channel || null),
      ),
      field(
        { block: blockOf('areaManager'), label: 'Area Manager', optional: true, hint: 'Owns its cases.' },
        personElement(entries.areaManager || null),
      ),
      field(
        {
          block: blockOf('deputy'),
          label: 'Deputy',
          optional: true,
          hint: 'Is told when the Area Manager does not answer.',
        },
        personElement(entries.deputy || null),
      ),
      field(
        {
          block: blockOf('manager'),
          label: "The Area Manager's manager",
          optional: true,
          hint: 'Is told next. Without one, leadership is.',
        },
        personElement(entries.manager || null),
      ),
      field(
        {
          block: blockOf('fallbackChannel'),
          label: 'Fallback channel',
          optional: true,
          hint: "Where its cards go when its channel cannot be reached. Without one, the policy's fallback channel.",
        },
        channelElement(entries.fallbackChannel || null),
      ),
    ],
  });
}

/** Asks before an area is removed; `users`: why that is impossible. */
export const areaRemoveWindow = (memory: WindowMemory, users: string | null): ModalView =>
  homeWindow({
    id: 'area_remove',
    title: 'Remove an area',
    ...(users ? {} : { submit: 'Remove' }),
    memory,
    blocks: [
      literalSection(users ?? `Remove ${memory.key}?`),
      note(
        users
          ? 'Move its SPs to another area under SPs or with an import, and its open cases with Reassign on their cards.'
          : 'No SP and no open case uses it. Its closed cases keep its name, and Admin history can bring it back.',
      ),
    ],
  });
