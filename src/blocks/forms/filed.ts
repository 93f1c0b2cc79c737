import type { ModalView } from '@slack/types';
import type { CaseFacts, Clock } from '../../domain/case';
import type { Texts } from '../../domain/configuration';
import { formOf } from '../../domain/forms';
import { closingOf } from '../../domain/forms/engine';
import { hearerOf } from '../../domain/hearer';
import type { CaseKind } from '../../domain/kinds';
import { maskedNotice, type PersonalDatum } from '../../domain/personal-data';
import { PASSED_ON, withTexts } from '../../domain/texts';
import { type Part, richLines, WHEN } from '../rich-text';
import { plainText } from '../text';
import { switchButton } from './switch-button';

/** How a report came to be filed. */
export interface Submitted {
  /** The case's id, for what is done in this window: that of the window it was first submitted in. */
  readonly id?: string;
  /** Whether an earlier submission had filed it, and what differs now is a note. */
  readonly already?: 'no' | 'same' | 'corrected';
}

const alreadyWords = (ref: string, already: 'same' | 'corrected'): Part[] => [
  'ℹ️ Already filed as ',
  { bold: ref },
  ': what you submitted before did arrive, so it is filed once.',
  already === 'corrected' ? ' What you changed since is on it as a note.' : '',
];

/** What to read out where the form has no words of its own: no more than what is so, and by when. */
function passedOn({ unrouted }: CaseFacts, clock: Clock | undefined): Part[] {
  if (unrouted)
    return ['“Thank you for telling us. I have written it down, and we see to it that the right person gets it.”'];
  if (!clock) return [`“${PASSED_ON}”`];
  return [
    '“Thank you for telling us. This is now with the manager responsible, and they will look at it by ',
    { date: clock.dueAt, format: WHEN },
    '.”',
  ];
}

/**
 * What the agent sees after submitting: the reference, who has it, by when they answer, what to tell the customer,
 * and a form in which it had better go on, where there is one.
 */
export function filedModal(
  facts: CaseFacts,
  masked: readonly PersonalDatum[] = [],
  goesOn: CaseKind | null = null,
  texts: Texts = {},
  { id = '', already = 'no' }: Submitted = {},
): ModalView {
  const clock = facts.clocks.find(({ name }) => name === 'acknowledge');
  const review = facts.clocks.find(({ name }) => name === 'review');
  const owner: Part[] = facts.owner ? [{ user: facts.owner }] : ['the people who look after unrouted reports'];
  const lines: Part[][] = [
    ['✅ ', { bold: facts.ref }, ' is filed.'],
    ['With: ', ...owner, facts.area ? ` (${facts.area})` : ''],
    ...(clock ? [['Answer due by: ', { date: clock.dueAt, format: WHEN }] as Part[]] : []),
  ];
  const callback = facts.clocks.find(({ name }) => name === 'callback');
  if (callback) lines.push(['Callback promised for: ', { date: callback.dueAt, format: WHEN }]);
  if (review) lines.push(['The Admin team reviews it by: ', { date: review.dueAt, format: WHEN }]);
  const closing = closingOf(withTexts(formOf(facts.kind), texts), facts.answers);
  const hearer = hearerOf(facts);
  return {
    type: 'modal',
    title: plainText('Filed', 24),
    close: plainText('Done'),
    ...(id ? { private_metadata: id } : {}),
    blocks: [
      richLines(lines),
      ...(already === 'no' ? [] : [richLines([alreadyWords(facts.ref, already)])]),
      ...(facts.unrouted ? [richLines([['⚠️ ', facts.unrouted, ' It was kept and sent to the unrouted queue.']])] : []),
      ...(masked.length ? [richLines([['🔒 ', maskedNotice(masked)]])] : []),
      { type: 'divider' },
      richLines(
        hearer
          ? [[{ bold: `You can tell the ${hearer}:` }], closing ? [`“${closing}”`] : passedOn(facts, clock)]
          : [['This is internal: nobody on the line has to be told.']],
      ),
      ...(goesOn ? [{ type: 'actions' as const, elements: [switchButton(goesOn)] }] : []),
      { type: 'context', elements: [plainText('You get a DM when it is acknowledged and when it is resolved.')] },
    ],
  };
}
