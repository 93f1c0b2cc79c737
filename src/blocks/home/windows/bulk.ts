import type { KnownBlock, ModalView } from '@slack/types';
import { stateWord } from '../../../domain/case-words';
import type { BulkResult } from '../../../domain/desk';
import { dialogOf, moveLabel } from '../../../domain/move';
import type { MoveType } from '../../../domain/moves/declared';
import type { DialogContext } from '../../../domain/moves/dialog';
import { BULK_CONFIRM, BULK_TEXT_MAX, type BulkPlan, bulkChooseId, bulkGroup, packPlan } from '../../../slack/ids/desk';
import { dialogFields } from '../../case-dialog';
import { asking, field, section, shown } from '../../lines';
import type { CaseRow } from '../../lookup/case-row';
import { quote, richLines } from '../../rich-text';
import { openTitle, spName } from '../../subject';
import { escapeWithin, plainText, truncate } from '../../text';

/** Slack's limit of checkboxes in a group. */
const GROUP = 10;
const OPTION_MAX = 75;
const LISTED_MAX = 2000;

const cases = (count: number) => (count === 1 ? '1 case' : `${count} cases`);

type Choice = Pick<CaseRow, 'record' | 'sight'>;

/** Asks which cases, and what the move needs. Those on the page (the first `onPage`) are preselected. */
export function bulkChooseWindow(
  move: MoveType,
  choices: readonly Choice[],
  onPage: number,
  context: DialogContext,
): ModalView {
  const [first] = choices;
  const label = moveLabel(move);
  if (!first) return saying(label, dialogOf(move)?.several?.none ?? '');
  const groups = [
    choices.slice(0, onPage),
    ...Array.from({ length: Math.ceil((choices.length - onPage) / GROUP) }, (_, i) =>
      choices.slice(onPage + i * GROUP, onPage + (i + 1) * GROUP),
    ),
  ].filter((group) => group.length);
  return asking(bulkChooseId(move), { title: `${label} (several)`, submit: 'Continue' }, [
    // They may be in different areas, so no area is preset.
    ...dialogFields(dialogOf(move)?.fields({ ...first.record, area: null }, context, {}) ?? []).map(short),
    ...groups.map((group, i) => checkboxes(i, group, onPage > 0 && i === 0)),
  ]);
}

/** Free text of a bulk move has to fit into what the confirmation remembers. */
function short(block: KnownBlock): KnownBlock {
  if (block.type !== 'input' || block.element.type !== 'plain_text_input') return block;
  return { ...block, element: { ...block.element, max_length: BULK_TEXT_MAX } };
}

function checkboxes(number: number, group: readonly Choice[], chosen: boolean): KnownBlock {
  const options = group.map(({ record, sight }) => ({
    value: record.ref,
    text: plainText(`${record.ref}  ${sight === 'text' ? record.title : openTitle(record)}`, OPTION_MAX),
    description: plainText(
      [stateWord(record.state), sight === 'text' ? spName(record) : 'need-to-know'].join('  ·  '),
      OPTION_MAX,
    ),
  }));
  return field(
    bulkGroup(number),
    chosen ? 'On this page' : `Further down the queue (${number + 1})`,
    { type: 'checkboxes', options, ...(chosen ? { initial_options: options } : {}) },
    { optional: true },
  );
}

/** What will happen, in numbers, and the button to do it. */
export function bulkConfirmWindow(plan: BulkPlan): ModalView {
  const { refs, move } = plan;
  const verb = moveLabel(move.type);
  return asking(
    BULK_CONFIRM,
    { title: `${verb} ${cases(refs.length)}`, submit: `${verb} ${refs.length}`, memory: packPlan(plan) },
    [...consequence(plan), section(escapeWithin(refs.join(', '), LISTED_MAX))],
  );
}

function consequence({ refs, move }: BulkPlan): KnownBlock[] {
  const will = dialogOf(move.type)?.several?.will(move);
  if (!will) return [];
  return [
    richLines([[{ bold: cases(refs.length) }, ...will.line]]),
    ...(will.quoted ? [quote(truncate(will.quoted, LISTED_MAX))] : []),
  ];
}

/** While it happens. */
export const bulkWorkingWindow = ({ refs, move }: BulkPlan): ModalView =>
  saying(moveLabel(move.type), `⏳ ${cases(refs.length)} in progress. You can close this window; nothing is lost.`);

/** What succeeded, and what did not and why. */
export function bulkReportWindow({ move }: BulkPlan, results: readonly BulkResult[]): ModalView {
  const refused = results.filter(({ reason }) => reason !== null);
  return shown(moveLabel(move.type), [
    section(bulkReportText(move.type, results)),
    ...refused.map(({ ref, reason }) => section(`*${ref}*: ${truncate(reason ?? '', 1000)}`)),
  ]);
}

/** The result in one sentence. */
export function bulkReportText(move: MoveType, results: readonly BulkResult[]): string {
  const worked = results.filter(({ reason }) => reason === null).length;
  const not = results.length - worked;
  const done = `✅ ${cases(worked)} ${dialogOf(move)?.several?.done}.`;
  if (!not) return done;
  return `${worked ? `${done} ` : ''}⚠️ ${cases(not)} not done, for these reasons:`;
}

const saying = (title: string, text: string): ModalView => shown(title, [section(text)]);
