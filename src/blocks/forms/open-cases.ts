import type { AnyBlock, Button } from '@slack/types';
import type { OpenCase } from '../../domain/forms/outlook';
import { FORM_ADD_TO, FORM_LINES } from '../../slack/ids/form';
import { button, section } from '../lines';
import { withSteadyIds } from '../steady';
import { escapeWithin, mrkdwn, userMention } from '../text';

const MOST = 5;

/** The open case that the text will be added to, and the way back. */
export const addToLine = (ref: string): AnyBlock => ({
  type: 'section',
  block_id: FORM_LINES.openCases,
  text: mrkdwn(`*Add* puts what is filled in here on *${escapeWithin(ref, 40)}* as a note.`),
  accessory: button(FORM_ADD_TO, 'File another instead'),
});

/**
 * Open cases, each with a button to add the text to it (domain section 3): "SPF-000098, open, filed 2 days ago, with
 * Dana". To file another one anyway, the agent simply submits.
 */
export function openCaseLines(cases: readonly OpenCase[]): AnyBlock[] {
  if (cases.length === 0) return [];
  const more = cases.length > MOST ? ` There are ${cases.length - MOST} more.` : '';
  const head = `*Already open.* Add what you typed to one of these, or submit to file another.${more}`;
  return [
    { type: 'context', block_id: FORM_LINES.openCases, elements: [mrkdwn(head)] },
    // By the case, not by its place: a press that meets a redraw on its way means the same one.
    ...withSteadyIds(cases.slice(0, MOST).map((one) => section(words(one), addButton(one)))),
  ];
}

const addButton = ({ ref }: OpenCase): Button => ({
  ...button(FORM_ADD_TO, 'Add to this one', ref),
  accessibility_label: `Add to ${ref}`,
});

function words({ ref, state, ageText, ownerId, sharedCodes }: OpenCase): string {
  const owner = ownerId ? `with ${userMention(ownerId)}` : 'without an owner';
  const why = sharedCodes.length ? `same SP, ${sharedCodes.map((code) => `\`${code}\``).join(', ')}` : 'same SJ';
  return `*${escapeWithin(ref, 40)}*, ${escapeWithin(state, 40)}, filed ${escapeWithin(ageText, 40)} ago, ${owner}  ·  ${why}`;
}
