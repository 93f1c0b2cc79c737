import type { KnownBlock } from '@slack/types';
import { DateTime } from 'luxon';
import type { Actor } from '../../domain/actor';
import type { Duty } from '../../domain/duty';
import { section } from '../lines';
import { type Part, richLines, WHEN } from '../rich-text';
import { escapeWithin } from '../text';

const ALMOST_A_WEEK_MS = 6 * 24 * 60 * 60_000;

/** Who answers for each area now, its local time, and whether it is open. */
export function dutyBlocks(
  asked: string,
  { duties, more }: { readonly duties: readonly Duty[]; readonly more: number },
): KnownBlock[] {
  if (!duties.length)
    return [section(`There is no area *${escapeWithin(asked, 60) || '-'}*. Type \`/who\` alone to see every area.`)];
  return [
    ...duties.map((duty) => richLines(lines(duty))),
    ...(more > 0 ? [section(`${more} more: type \`/who\` and part of the area's name.`)] : []),
  ];
}

function lines({ area, now, opensAt, admins, away, gone }: Duty): Part[][] {
  const { name, timeZone, areaManager, deputy } = area;
  const local = (at: Date) => DateTime.fromJSDate(at, { zone: timeZone }).setLocale('en-US');
  const time = local(now).toFormat('ccc h:mm a ZZZZ');
  // A weekday alone would mean the next one.
  const format = opensAt && +opensAt - +now > ALMOST_A_WEEK_MS ? 'ccc, LLL d, h:mm a' : 'ccc h:mm a';
  const hours = opensAt ? `closed now, opens ${local(opensAt).toFormat(format)}` : 'open now';
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
