import type { AnyBlock } from '@slack/types';
import { FORM_ADD_TO, FORM_LINES, openCaseLine } from '../../slack/ids/form';
import { escapeWithin, mrkdwn, plainText, userMention } from '../text';

/** An open case that the report on screen may belong to. */
export interface OpenCaseLine {
  readonly ref: string;
  readonly state: string;
  /** How long ago it was filed: "2 days". */
  readonly ageText: string;
  readonly ownerId: string | null;
  /** The codes it shares with the report; empty or absent when it is about the same SJ. */
  readonly sharedCodes?: readonly string[];
}

const MOST = 5;

/**
 * Open cases, each with a button to add to it what was typed (domain section 3): "SPF-000098, open, filed 2 days ago, with Dana".
 * To file another one anyway, the agent simply submits.
 */
export function openCaseLines(cases: readonly OpenCaseLine[]): AnyBlock[] {
  if (cases.length === 0) return [];
  const more = cases.length > MOST ? ` There are ${cases.length - MOST} more.` : '';
  const head = `*Already open.* Add what you typed to one of these, or submit to file another.${more}`;
  return [
    { type: 'context', block_id: FORM_LINES.openCases, elements: [mrkdwn(head)] },
    ...cases.slice(0, MOST).map(
      (one, place): AnyBlock => ({
        type: 'section',
        block_id: openCaseLine(place),
        text: mrkdwn(words(one)),
        accessory: {
          type: 'button',
          action_id: FORM_ADD_TO,
          text: plainText('Add to this one'),
          value: one.ref,
          accessibility_label: `Add to ${one.ref}`,
        },
      }),
    ),
  ];
}

function words({ ref, state, ageText, ownerId, sharedCodes = [] }: OpenCaseLine): string {
  const owner = ownerId ? `with ${userMention(ownerId)}` : 'without an owner';
  const why = sharedCodes.length ? `same SP, ${sharedCodes.map((code) => `\`${code}\``).join(', ')}` : 'same SJ';
  return `*${escapeWithin(ref, 40)}*, ${escapeWithin(state, 40)}, filed ${escapeWithin(ageText, 40)} ago, ${owner}  ·  ${why}`;
}
