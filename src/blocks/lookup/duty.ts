import type { KnownBlock } from '@slack/types';
import { DateTime } from 'luxon';
import type { Actor } from '../../domain/case';
import type { Cover } from '../../domain/cover';
import type { Area } from '../../domain/directory';
import { type Part, richLines, WHEN } from '../rich-text';
import { escapeWithin, mrkdwn } from '../text';

export interface DutyInput {
  readonly area: Area;
  readonly now: Date;
  /** When it opens next, or null while it is open. */
  readonly opensAt: Date | null;
  /** Who answers when the area has nobody of its own. */
  readonly admins: readonly Actor[];
  /** Which of its people are away now, and who covers for them. */
  readonly away: readonly Cover[];
  /** Which of its people have no Slack account in use any more. */
  readonly gone: readonly Actor[];
}

const MOST_AREAS = 40;

/** Who answers for each area now, at what time of theirs, and whether it is at work. */
export function dutyBlocks(asked: string, duties: readonly DutyInput[]): KnownBlock[] {
  if (!duties.length)
    return [
      {
        type: 'section',
        text: mrkdwn(`There is no area *${escapeWithin(asked, 60) || '-'}*. Type \`/who\` alone to see every area.`),
      },
    ];
  const left = duties.length - MOST_AREAS;
  return [
    ...duties.slice(0, MOST_AREAS).map((duty) => richLines(lines(duty))),
    ...(left > 0
      ? [{ type: 'section' as const, text: mrkdwn(`${left} more: type \`/who\` and part of the area's name.`) }]
      : []),
  ];
}

function lines({ area, now, opensAt, admins, away, gone }: DutyInput): Part[][] {
  const { name, timeZone, areaManager, deputy } = area;
  const local = (at: Date) => DateTime.fromJSDate(at, { zone: timeZone }).setLocale('en-US');
  const time = local(now).toFormat('ccc h:mm a ZZZZ');
  const hours = opensAt ? `closed now, opens ${local(opensAt).toFormat('ccc h:mm a')}` : 'open now';
  return [
    [{ bold: name }, `  ·  ${time}  ·  ${hours}`],
    [
      ...(areaManager ? ['Area Manager ', { user: areaManager } as Part] : [...nobody(admins)]),
      ...(deputy ? ['  ·  deputy ', { user: deputy } as Part] : []),
    ],
    ...away.map(({ person, deputy: cover, until }): Part[] => [
      '🏖️ ',
      { user: person },
      ' is away until ',
      { date: new Date(+until - 60_000), format: WHEN },
      ', ',
      { user: cover },
      ' covers',
    ]),
    ...gone.map((user): Part[] => ['⚠️ ', { user }, "'s Slack account is deactivated: the next in line answers"]),
  ];
}

const nobody = (admins: readonly Actor[]): Part[] => [
  '⚠️ No Area Manager yet; the admins answer: ',
  ...admins.flatMap((user, i): Part[] => (i ? [', ', { user }] : [{ user }])),
];
