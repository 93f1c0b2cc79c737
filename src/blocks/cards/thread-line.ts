import type { KnownBlock } from '@slack/types';
import type { CaseEvent, CaseFacts } from '../../domain/case';
import { outcomeLabel } from '../../domain/outcomes';
import { type Part, quote, richLines, WHEN } from '../rich-text';

/** A message about one event: what everybody sees of it, and its text for notifications. */
export interface EventMessage {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

const said = (text: string) => (text ? [quote(text)] : []);
const by = (event: CaseEvent): Part => ({ user: event.actor });
const message = (text: string, line: readonly Part[], quoted = ''): EventMessage => ({
  text,
  blocks: [richLines([line]), ...said(quoted)],
});

/** The line in the card's thread for an event, or null for events that have none. */
export function threadLine(facts: CaseFacts, event: CaseEvent): EventMessage | null {
  const { ref } = facts;
  switch (event.type) {
    case 'acknowledged':
      return message(`${ref} acknowledged`, [
        '👀 ',
        by(event),
        ' acknowledged. Next update by ',
        { date: event.data.nextUpdateBy, format: WHEN },
        '.',
      ]);
    case 'promise_missed':
      return message(`${ref}: the promised update is missing`, [
        '⏰ ',
        ...owner(facts),
        ' the update promised for ',
        { date: event.data.promisedFor, format: WHEN },
        ' has not come. The case is open again and waits for an acknowledgement.',
      ]);
    case 'note_added':
      return message(`${ref}: new note`, ['📝 ', by(event), ' added a note:'], event.data.text);
    case 'sp_contacted':
      return message(
        `${ref}: SP contact logged`,
        ['📞 ', by(event), event.data.reached ? ' reached the SP:' : ' tried the SP and did not reach them:'],
        event.data.text,
      );
    case 'snoozed':
      return message(`${ref} snoozed`, [
        '💤 ',
        by(event),
        ' snoozed this until ',
        { date: event.data.until, format: WHEN },
        `: ${event.data.reason}`,
      ]);
    case 'woken':
      return message(`${ref} is back`, [
        '🔔 ',
        ...owner(facts),
        ' the snooze is over; the clocks go on where they stood.',
      ]);
    case 'reassigned':
      return message(
        `${ref} reassigned`,
        [
          '🔁 ',
          by(event),
          ' handed this to ',
          { user: event.data.owner },
          event.data.area ? ` (${event.data.area})` : '',
          ':',
        ],
        event.data.summary,
      );
    case 'resolved':
      return message(
        `${ref} resolved`,
        ['✅ ', by(event), ' resolved this: ', { bold: outcomeLabel(event.data.outcome) }, '.'],
        event.data.text,
      );
    case 'reopened':
      return message(`${ref} reopened`, ['↩️ ', by(event), ' reopened this:'], event.data.reason);
    case 'voided':
      return message(`${ref} voided`, ['🚫 ', by(event), ' voided this:'], event.data.reason);
    case 'nudged':
      return message(`${ref} waits for an answer`, ['⏰ ', ...owner(facts), ' ', ...nudgeWords(event)]);
    default:
      return null;
  }
}

const owner = ({ owner }: CaseFacts): Part[] => (owner ? [{ user: owner }] : ['Nobody owns this yet:']);

/** What a nudge says, after the name of the person it calls. */
export function nudgeWords({ data }: CaseEvent & { type: 'nudged' }): Part[] {
  const due: Part = { date: data.dueAt, format: WHEN };
  if (data.clock === 'acknowledge') return ['this waits for an acknowledgement since ', due, '.'];
  return ['an answer is due since ', due, '.'];
}
