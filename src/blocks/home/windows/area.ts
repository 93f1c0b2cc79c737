import type { KnownBlock, ModalView } from '@slack/types';
import type { GivenArea } from '../../../domain/directory';
import { AREA_NAME_MAX } from '../../../domain/directory-rules';
import { type WindowMemory, windowBlock } from '../../../slack/ids/home-window';
import { field, literalSection, note } from '../../lines';
import { mrkdwn, plainText } from '../../text';
import { channelElement, homeWindow, lineElement, personElement, zoneElement } from './parts';

interface Redrawn {
  /** What it says at the top. */
  readonly notice?: readonly KnownBlock[];
  /** Fields that show another value than before. */
  readonly fresh?: readonly (keyof GivenArea)[];
  /** Time zones of other areas, offered first. */
  readonly usedZones?: readonly string[];
}

/** Adds an area (no key), or changes one, whose name stays, because its cases refer to it. */
export function areaWindow(
  memory: WindowMemory,
  entries: GivenArea,
  zones: readonly string[],
  { notice = [], fresh = [], usedZones }: Redrawn = {},
): ModalView {
  const blockOf = (name: keyof GivenArea) => windowBlock(name, fresh.includes(name) ? memory.version : null);
  const isNew = memory.key === '';
  const name: KnownBlock = isNew
    ? field('name', 'Name', lineElement(entries.name, AREA_NAME_MAX), {
        hint: 'Such as West. It cannot be changed later.',
      })
    : { type: 'section', text: mrkdwn('*Area*'), fields: [plainText(entries.name)] };
  return homeWindow(
    'area',
    { title: isNew ? 'Add an area' : 'Change an area', submit: isNew ? 'Add' : 'Save', memory },
    [
      ...notice,
      name,
      field(blockOf('timeZone'), 'Time zone', zoneElement(zones, entries.timeZone, usedZones), {
        hint: 'Opening hours, digests and clocks follow it. Type a city to find it.',
      }),
      field(blockOf('channel'), 'Channel', channelElement(entries.channel || null), {
        optional: true,
        hint: 'Where its cards go. Invite Warmline there first: type /invite @Warmline in the channel.',
      }),
      field(blockOf('areaManager'), 'Area Manager', personElement(entries.areaManager || null), {
        optional: true,
        hint: 'Owns its cases.',
      }),
      field(blockOf('deputy'), 'Deputy', personElement(entries.deputy || null), {
        optional: true,
        hint: 'Is told when the Area Manager does not answer.',
      }),
      field(blockOf('manager'), "The Area Manager's manager", personElement(entries.manager || null), {
        optional: true,
        hint: 'Is told next. Without one, leadership is.',
      }),
      field(blockOf('fallbackChannel'), 'Fallback channel', channelElement(entries.fallbackChannel || null), {
        optional: true,
        hint: "Where its cards go when its channel cannot be reached. Without one, the policy's fallback channel.",
      }),
    ],
  );
}

/** Asks before an area is removed; `users`: why that is impossible. */
export const areaRemoveWindow = (memory: WindowMemory, users: string | null): ModalView =>
  homeWindow('area_remove', { title: 'Remove an area', submit: users ? undefined : 'Remove', memory }, [
    literalSection(users ?? `Remove ${memory.key}?`),
    note(
      users
        ? 'Move its SPs to another area under SPs or with an import, and its open cases with Reassign on their cards.'
        : 'No SP and no open case uses it. Its closed cases keep its name, and Admin history can bring it back.',
    ),
  ]);
