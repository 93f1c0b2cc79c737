import type { KnownBlock } from '@slack/types';
import type { AdminDigest, AreaDigest, AreaDigests, DigestItem, FailedDelivery, Some } from '../../domain/digest';
import type { LinkTo } from '../../domain/mailbox';
import { MARK } from '../cards/case-card';
import { LATE } from '../cards/clock-lines';
import { section } from '../lines';
import type { Message } from '../message';
import { type Part, placeParts, richLines, WHEN } from '../rich-text';
import { escapeWithin, isolated, truncate } from '../text';

/** Slack takes 50 blocks in a message; an area takes at most five. */
const MOST_AREAS = 9;

/** A person's areas this morning: what is late, promised for today, oldest, and praised (domain section 8). */
export async function areaDigestsMessage({ areas }: AreaDigests, linkTo: LinkTo): Promise<Message> {
  const total = (count: (area: AreaDigest) => number) => areas.reduce((sum, area) => sum + count(area), 0);
  const [open, overdue] = [total((area) => area.open), total((area) => area.overdue.of)];
  const drawn = await Promise.all(areas.slice(0, MOST_AREAS).map((area) => areaBlocks(area, linkTo)));
  const left = areas.length - MOST_AREAS;
  return {
    text: open ? `Good morning: ${open} open, ${overdue} overdue` : 'Good morning: nothing is open',
    blocks: [
      ...drawn.flat(),
      ...(left > 0
        ? [
            section(
              `${left === 1 ? 'One more of your areas is' : `${left} more of your areas are`} not shown. Open Warmline's Home to see them.`,
            ),
          ]
        : []),
    ],
  };
}

async function areaBlocks(digest: AreaDigest, linkTo: LinkTo): Promise<KnownBlock[]> {
  const { area, open, overdue, promised, oldest, recognition } = digest;
  const name = `*${escapeWithin(area, 100)}*`;
  if (!open && !recognition.of) return [section(`☀️ ${name}: nothing is open. Have a good day!`)];
  const counts = [
    `*${open}* open`,
    `*${overdue.of}* overdue`,
    `*${promised.of}* promised today`,
    ...(recognition.of ? [`*${recognition.of}* new praise`] : []),
  ];
  const row = rowOf(linkTo);
  return [
    section(`☀️ ${name}: ${counts.join('  ·  ')}`),
    ...(await list(`${LATE} Overdue`, overdue, row)),
    ...(await list('🤝 Promised today', promised, row)),
    ...(oldest ? await list('🕰️ Oldest', { of: 1, shown: [oldest] }, row) : []),
    ...(await list('💚 New praise', recognition, row)),
  ];
}

/** What waits for the Admin team. */
export async function adminDigestMessage(digest: AdminDigest, linkTo: LinkTo): Promise<Message> {
  const { unrouted, inReview, returned, failed } = digest;
  const row = rowOf(linkTo);
  const lists = [
    ...(await list('🧭 Unrouted: give each to an area with More → Reassign', unrouted, row)),
    ...(await list('🔎 In review, oldest first', inReview, row)),
    ...(await list('❓ Returned to the agent, not answered yet', returned, row)),
    ...(await list('📭 Could not be delivered: tell them another way', failed, failedRow)),
  ];
  if (!lists.length)
    return {
      text: 'Good morning: nothing is waiting for the Admin team',
      blocks: [section('☀️ Nothing is unrouted, in review, unanswered or undelivered. Have a good day!')],
    };
  const counts = `${counted(unrouted)} unrouted, ${counted(inReview)} in review, ${counted(returned)} returned, ${counted(failed)} not delivered`;
  return {
    text: `Good morning: ${counts}`,
    blocks: [section(`☀️ *The Admin team's morning:* ${counts}`), ...lists],
  };
}

const counted = ({ of, isMore }: Some<unknown>, from = 0): string => `${of - from}${isMore ? '+' : ''}`;

async function list<T>(title: string, some: Some<T>, row: (one: T) => Promise<Part[]>): Promise<KnownBlock[]> {
  const { of, shown } = some;
  if (!of) return [];
  const rows = await Promise.all(shown.map(row));
  const left = of - shown.length;
  return [
    richLines([[{ bold: title }], ...rows, ...(left > 0 ? [[`… and ${counted(some, shown.length)} more`]] : [])]),
  ];
}

const rowOf =
  (linkTo: LinkTo) =>
  async ({ ref, title, sp, severity, owner, filedAt, dueAt, card }: DigestItem): Promise<Part[]> => {
    const link = card && (await linkTo(card));
    return [
      `${MARK[severity]} `,
      link ? { link, words: ref } : { bold: ref },
      ` ${truncate(title, 120)}`,
      ...(sp ? [`${DOT}${isolated(truncate(sp, 80))}`] : []),
      ...(owner ? [DOT, { user: owner }] : []),
      dueAt ? `${DOT}due ` : `${DOT}filed `,
      { date: dueAt ?? filedAt, format: WHEN },
    ];
  };
const DOT = '  ·  ';

const failedRow = async ({ about, to, fault }: FailedDelivery): Promise<Part[]> => [
  `• ${about} to `,
  ...placeParts(to),
  ` (${truncate(fault, 100)})`,
];
