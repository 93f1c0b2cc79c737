import { isDeepStrictEqual } from 'node:util';
import type { Button, KnownBlock, ModalView } from '@slack/types';
import { isRestricted, seenOutside } from '../../domain/access';
import type { CaseFacts, CaseLink, CaseState } from '../../domain/case';
import { SEVERITY_WORD, stateWord } from '../../domain/case-words';
import { type Exposure, isExposure } from '../../domain/exposure';
import { KINDS } from '../../domain/kinds';
import type { Post } from '../../domain/mailbox';
import { allowedMoves, dialogOf, standing } from '../../domain/move';
import type { MoveType } from '../../domain/moves/declared';
import type { Severity } from '../../domain/severity';
import { capital } from '../../domain/wording';
import { caseMoreId, packMore } from '../../slack/ids/case-dialog';
import { DETAILS_OPEN } from '../../slack/ids/details';
import { packScorecard } from '../../slack/ids/scorecard';
import { packTimeline } from '../../slack/ids/timeline';
import { buttonWords, dialogButton } from '../case-dialog';
import { button, header, remark, shown } from '../lines';
import { type Part, richLines } from '../rich-text';
import { keptBy, openTitle, sjNumber, spName } from '../subject';
import { dateToken, escapeWithin, plainText, userMention } from '../text';
import { answers, CARD, type Room, type ToldAnswers, WHOLE } from './answers';
import { attempts } from './attempts';
import { clockLines, isLate, LATE, responseLines } from './clock-lines';
import { onHold, pending, result } from './decision';

/** What a card shows besides the facts. */
export interface CardContext extends ToldAnswers {
  readonly post: Post;
  /** The SP is on legal hold, and so is this case; the reason is for admins. */
  readonly spHeld?: boolean;
}

/** The contents of a case, wherever they are shown. */
type CardWords = Omit<CardContext, 'post'>;

export const MARK: Record<Severity, string> = { critical: '🔴', high: '🟠', elevated: '🟡', normal: '🔵', low: '💚' };
/** A repeat rule may have any number of cases behind it, and Slack takes 3,000 characters. */
const LINKS_SHOWN = 30;

/** The one card of a case: what happened, who owns it, what is next, and what can be done now (domain section 7). */
export function caseCard(facts: CaseFacts, context: CardContext): KnownBlock[] {
  const told = story(facts, context, CARD);
  const isCut = !isDeepStrictEqual(told, story(facts, context, WHOLE));
  return [
    ...title(facts, facts.title),
    richLines(head(facts)),
    ...told,
    remark(footer(facts)),
    ...warnings(facts, context.post),
    ...buttons(facts, [], isCut),
  ];
}

const story = (facts: CaseFacts, context: CardWords, room: Room): KnownBlock[] => [
  ...pending(facts, room.quote),
  ...result(facts, room.quote),
  ...onHold(facts),
  ...(context.spHeld ? [richLines([['⚖️ ', { bold: 'Legal hold on the SP' }, ': all of its cases are kept.']])] : []),
  ...(facts.severity === 'normal' || facts.severity === 'low' ? [] : [richLines([severityLine(facts)])]),
  ...attempts(facts, room.line),
  ...answers(facts, context, room),
];

/** A window with a case's full text and no buttons. */
export const detailsWindow = (facts: CaseFacts, context: CardWords): ModalView =>
  shown(facts.ref, [
    header(`${MARK[facts.severity]} ${facts.title}`),
    richLines(head(facts)),
    ...story(facts, context, WHOLE),
    remark(footer(facts)),
  ]);

/** A case for someone who cannot see its card: its head, answers and outcome, without buttons. */
export const caseText = (facts: CaseFacts, context: ToldAnswers): KnownBlock[] => [
  richLines([[{ bold: `${MARK[facts.severity]} ${facts.title}` }], ...head(facts)]),
  ...answers(facts, context),
  ...pending(facts),
  ...result(facts),
];

/** What everyone may know of a need-to-know case: that it exists, its severity, owner and clock (domain section 10). */
export function redactedCard(facts: CaseFacts, post: Post): KnownBlock[] {
  return [
    ...title(seenOutside(facts), KINDS[facts.kind].label),
    richLines(head(facts, responseLines(facts))),
    remark(`🔒 ${SEVERITY_WORD[facts.severity]}. ${keptBy(facts)}`),
    ...warnings(facts, post),
    ...buttons(
      seenOutside(facts),
      standing(({ outside }) => outside),
    ),
  ];
}

/** For notifications and screen readers. */
export const cardText = (facts: CaseFacts): string =>
  `${KINDS[facts.kind].label} ${facts.ref}: ${isRestricted(facts.kind) ? '' : `${inText(facts.title)}, `}SP ${inText(spName(facts))}, SJ ${inText(sjNumber(facts))}, ${stateWord(facts.state)}`;
const inText = (words: string) => escapeWithin(words, 300);

/** The first line shows at a glance whether a case is open, and late: Slack sets messages close together. */
function title({ state, severity, ref, clocks }: CaseFacts, words: string): KnownBlock[] {
  const mark = ENDED[state] ?? (clocks.some(isLate) ? LATE : MARK[severity]);
  return [{ type: 'divider' }, header(`${mark} ${ref} · ${words}`)];
}
const ENDED: Partial<Record<CaseState, string>> = { resolved: '✅', void: '🚫' };

function head(facts: CaseFacts, clocks = clockLines(facts)): Part[][] {
  const { sp, owner } = facts;
  const name: Part[] = sp.name
    ? [{ bold: spName(facts) }, ` (${sp.account})`]
    : [{ bold: spName(facts) }, sp.account ? ' (not in the directory)' : ''];
  return [
    ...clocks,
    ['SP ', ...name, '  ·  SJ ', { bold: sjNumber(facts) }],
    [
      'Owner ',
      owner ? { user: owner } : { bold: 'no one yet' },
      facts.area ? `  ·  ${facts.area}` : '',
      '  ·  ',
      { bold: capital(stateWord(facts.state)) },
    ],
  ];
}

/** The reason includes the severity, unless someone changed it in their own words. */
const severityLine = ({ severity, severityReason }: CaseFacts): Part[] =>
  severityReason.startsWith(SEVERITY_WORD[severity])
    ? [severityReason]
    : [{ bold: `${SEVERITY_WORD[severity]}: ` }, severityReason];

const RELATION_WORD: Record<CaseLink['relation'], string> = {
  related: 'see',
  duplicate_of: 'duplicate of',
  has_duplicate: 'includes',
  continues: 'continues',
  continued_by: 'continued by',
  cause: 'because of',
};

/** Cases linked in the same way are named together. */
const linked = (links: readonly CaseLink[]): string[] =>
  [...new Set(links.map(({ relation }) => relation))].map((relation) => {
    const refs = links.filter((link) => link.relation === relation).map(({ ref }) => ref);
    return `${RELATION_WORD[relation]} ${refs.join(', ')}`;
  });

function footer(facts: CaseFacts): string {
  const { totals } = facts;
  const parts = [
    SEVERITY_WORD[facts.severity],
    ...facts.codes.filter((code) => !facts.title.endsWith(`: ${code}`)).map((code) => `\`${code}\``),
    `filed by ${userMention(facts.reporter)} ${dateToken(facts.filedAt)}`,
    ...(totals.notes ? [`${totals.notes} ${totals.notes === 1 ? 'note' : 'notes'}`] : []),
    ...(totals.contacts ? [tried(facts)] : []),
    ...linked(facts.links.slice(0, LINKS_SHOWN)),
    ...(totals.links > LINKS_SHOWN ? [`and ${totals.links - LINKS_SHOWN} more cases`] : []),
    ...(facts.reopened ? [`reopened ${facts.reopened}×`] : []),
    ...(facts.source?.permalink ? [`<${facts.source.permalink}|source message>`] : []),
  ];
  return parts.join('  ·  ');
}

const EXPOSED: Record<Exposure, string> = {
  shared_outside: ' is shared with another company.',
  made_public: ' is no longer private.',
};

/** How often the SP was tried, and how often reached if all attempts are at hand. */
function tried({ totals, contacts }: CaseFacts): string {
  const reached = contacts.filter((contact) => contact.reached).length;
  return `SP tried ${totals.contacts}×${totals.contacts === contacts.length ? `, reached ${reached}×` : ''}`;
}

export function warnings({ unrouted }: Pick<CaseFacts, 'unrouted'>, { redirected, former = [] }: Post): KnownBlock[] {
  const lines: Part[][] = [
    ...(unrouted
      ? [['⚠️ ', { bold: 'Unrouted: ' }, unrouted, ' Use More → Reassign to give it to an area.'] as Part[]]
      : []),
    ...(redirected
      ? [
          [
            '⚠️ ',
            'Posted here because ',
            { channel: redirected.from },
            isExposure(redirected.fault) ? EXPOSED[redirected.fault] : ` cannot be reached (${redirected.fault}).`,
          ] as Part[],
        ]
      : []),
    ...(former.length && !redirected
      ? [['♻️ This card replaces one that is gone. Replies in the old thread are still kept as notes.']]
      : []),
  ];
  return lines.length ? [richLines(lines)] : [];
}

/** `beside`: moves without a button in the row of a full card. */
function buttons(facts: CaseFacts, beside: readonly MoveType[] = [], isCut = false): KnownBlock[] {
  const { state, ref, sp } = facts;
  const allowed = allowedMoves(facts);
  const shown = standing(({ row, rowIn }) => row ?? (rowIn?.state === state ? rowIn.place : undefined)).filter((move) =>
    allowed.includes(move),
  );
  const more = standing(({ menu }) => menu).filter((move) => allowed.includes(move) && !shown.includes(move));
  const options = [
    ...more.map((move) => ({ text: plainText(buttonWords(move)), value: packMore(move, ref) })),
    { text: plainText('Timeline'), value: packTimeline(ref) },
    ...(sp.account ? [{ text: plainText('Scorecard'), value: packScorecard(sp.account) }] : []),
  ];
  // An overflow menu holds at most five options.
  const menu = {
    type: 'static_select' as const,
    action_id: caseMoreId(facts.seq),
    placeholder: plainText('More'),
    options,
  };
  return [
    {
      type: 'actions',
      block_id: 'case_actions', // the same in every state, so that a press during a redraw still arrives
      elements: [
        ...shown.map((move) => ({
          ...dialogButton(move, ref),
          ...(dialogOf(move)?.stands.isPrimary?.(facts) ? { style: 'primary' as const } : {}),
        })),
        ...beside.map((move) => dialogButton(move, ref)),
        ...(isCut ? [detailsButton(ref)] : []),
        menu,
      ],
    },
  ];
}

/** Opens what a card has no room for. */
const detailsButton = (ref: string): Button => button(DETAILS_OPEN, 'Details', ref);

/** The pointer left in a channel that the case moved away from. */
export const pointerCard = (facts: CaseFacts, now: Post): KnownBlock[] => [
  richLines([
    [
      { bold: facts.ref },
      ` ${openTitle(facts)} moved to `,
      ...(now.channel.startsWith('C') || now.channel.startsWith('G')
        ? [{ channel: now.channel } as Part]
        : ['another place']),
      facts.owner ? ' and belongs to ' : '',
      ...(facts.owner ? [{ user: facts.owner } as Part] : []),
      '.',
    ],
  ]),
];
