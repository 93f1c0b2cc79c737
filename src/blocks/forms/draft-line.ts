import type { SectionBlock } from '@slack/types';
import { FORM_LINES, formDraftId } from '../../slack/ids/form';
import { button } from '../lines';
import { dateToken, escapeWithin, mrkdwn } from '../text';

const list = new Intl.ListFormat('en-US');

/** An unfinished report of the same kind: `restored` into this window, or `offered` in it. */
export interface DraftLine {
  readonly is: 'restored' | 'offered';
  readonly keptAt: Date;
  /** Labels of the answers typed with the command, which replace the draft's. */
  readonly typed?: readonly string[];
  /** Names of its files, which cannot be filled in again in Slack. */
  readonly files?: readonly string[];
}

/** The button to restore or discard an earlier draft, at most a day old (domain section 3). */
export function draftLine(draft: DraftLine | undefined): SectionBlock[] {
  if (!draft) return [];
  const { is, keptAt, typed = [], files = [] } = draft;
  const at = dateToken(keptAt, '{time}');
  const words =
    is === 'restored' ? `:pencil2: *Continue your draft from ${at}?*` : `:pencil2: You have a draft from ${at}.`;
  const instead = typed.length
    ? ` ${escapeWithin(list.format(typed), 300)}: as you typed just now, not as in the draft.`
    : '';
  return [
    {
      type: 'section',
      block_id: FORM_LINES.draft,
      text: mrkdwn(words + instead + missing(files)),
      accessory: button(
        formDraftId(is === 'restored' ? 'discard' : 'restore'),
        is === 'restored' ? 'Discard' : 'Restore',
      ),
    },
  ];
}

function missing(files: readonly string[]): string {
  if (!files.length) return '';
  const what = files.length === 1 ? 'your file' : `your ${files.length} files`;
  return `\n:paperclip: Slack keeps no files in a form: add ${what} again (${escapeWithin(list.format(files), 600)}).`;
}
