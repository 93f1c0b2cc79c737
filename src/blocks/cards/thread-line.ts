import type { KnownBlock } from '@slack/types';
import { type Actor, type CaseEvent, type CaseFacts, SYSTEM } from '../../domain/case';
import type { Aside } from '../../domain/event';
import { outcomeLabel } from '../../domain/outcomes';
import { type Part, quote, richLines, WHEN } from '../rich-text';

/** A message about one event: what everybody sees of it, and its text for notifications. */
export interface EventMessage {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

const by = ({ actor }: CaseEvent): Part => (actor === SYSTEM ? { bold: 'Warmline' } : { user: actor });

/**
 * The line in a card's thread for an event, or null for events that have none. In a `redacted` post nothing that
 * somebody wrote is shown. `names` are the people it calls, else the owner.
 */
export function threadLine(
  facts: CaseFacts,
  event: CaseEvent,
  show: 'full' | 'redacted',
  names?: readonly Actor[],
): EventMessage | null {
  const { ref } = facts;
  const message = (text: string, line: readonly Part[], quoted = ''): EventMessage => ({
    text,
    blocks: [richLines([line]), ...(quoted && show === 'full' ? [quote(quoted)] : [])],
  });
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
        ...called(facts, names),
        ' the update promised for ',
        { date: event.data.promisedFor, format: WHEN },
        ' has not come. The case is open again and waits for an acknowledgement.',
      ]);
    case 'note_added':
      if (event.data.aside)
        return message(
          `${ref}: note from ${threadOf(event.data.aside)}`,
          [`📝 Note from ${threadOf(event.data.aside)} by `, by(event), ':'],
          event.data.text,
        );
      return message(`${ref}: new note`, ['📝 ', by(event), ' added a note:'], event.data.text);
    case 'note_edited':
      return message(
        `${ref}: note changed in ${threadOf(event.data.aside)}`,
        ['📝 ', by(event), ` changed their note in ${threadOf(event.data.aside)}:`],
        event.data.text,
      );
    case 'sp_contacted':
      return message(
        `${ref}: SP contact logged`,
        [
          '📞 ',
          by(event),
          event.data.reached ? ' reached the SP' : ' tried the SP and did not reach them',
          ...(event.data.promise
            ? [', who promised to get back by ', { date: event.data.promise.dueAt, format: WHEN }]
            : []),
          ':',
        ],
        event.data.text,
      );
    case 'callback_made':
      return message(`${ref}: callback made`, ['📞 ', by(event), ' called the customer back:'], event.data.text);
    case 'snoozed':
      return message(
        `${ref} snoozed`,
        ['💤 ', by(event), ' snoozed this until ', { date: event.data.until, format: WHEN }, '.'],
        event.data.reason,
      );
    case 'woken':
      return message(`${ref} is back`, [
        '🔔 ',
        ...called(facts, names),
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
    case 'disputed':
      return message(
        `${ref} disputed`,
        ['↩️ ', by(event), ', who filed this, disputes the outcome. The case is open again:'],
        event.data.reason,
      );
    case 'approval_asked':
      return message(
        `${ref} needs a second approval`,
        [
          '👥 ',
          by(event),
          ' asks for ',
          { bold: outcomeLabel(event.data.outcome) },
          '. Another Area Manager or an admin has to approve it on the card.',
        ],
        event.data.text,
      );
    case 'approval_refused':
      return message(
        `${ref}: approval refused`,
        ['👥 ', by(event), ' refused what ', { user: event.data.askedBy }, ' asked for:'],
        event.data.reason,
      );
    case 'sent_to_manager':
      return message(
        `${ref} sent to the Area Manager`,
        ['📨 ', by(event), ' reviewed this and sent it on as ', { bold: event.data.code }, '.'],
        event.data.note,
      );
    case 'returned':
      return message(
        `${ref} returned with a question`,
        ['❓ ', by(event), ' asked ', { user: facts.reporter }, ':'],
        event.data.question,
      );
    case 'answered':
      return message(`${ref} answered`, ['💬 ', by(event), ' answered; the review goes on:'], event.data.text);
    case 'severity_changed':
      return message(
        `${ref}: severity changed`,
        ['⚖️ ', by(event), ` changed the severity from ${event.data.from} to `, { bold: event.data.to }, '.'],
        event.data.reason,
      );
    case 'linked':
      // That there is a report about somebody is need-to-know as well.
      if (show === 'redacted') return null;
      if (event.data.relation === 'has_duplicate')
        return message(`${ref} includes ${event.data.ref}`, [
          '🔗 ',
          { bold: event.data.ref },
          ' is a duplicate of this case and goes on here. Whoever filed it hears from here.',
        ]);
      return message(`${ref} linked to ${event.data.ref}`, [
        '🔗 ',
        by(event),
        ' linked this to ',
        { bold: event.data.ref },
        '.',
      ]);
    case 'merged':
      return message(`${ref} is a duplicate`, [
        '🔗 ',
        by(event),
        ' marked this as a duplicate of ',
        { bold: event.data.into },
        ', where it goes on.',
      ]);
    case 'claimed':
      return message(`${ref} claimed`, ['🙋 ', by(event), ' took this on.']);
    case 'escalated':
      return message(`${ref} escalated`, ['📣 ', by(event), ' escalated this to leadership:'], event.data.reason);
    case 'police_number_added':
      return message(
        `${ref}: police report number added`,
        ['🚓 ', by(event), ' added the police report number.'],
        event.data.number,
      );
    case 'transferred':
      return message(
        `${ref}: warm transfer`,
        event.data.specialist
          ? ['☎️ ', by(event), ' connected the caller with ', { user: event.data.specialist }, '.']
          : ['☎️ ', by(event), ' reached nobody; a voicemail was left.'],
        event.data.summary,
      );
    case 'voided':
      return message(`${ref} voided`, ['🚫 ', by(event), ' voided this:'], event.data.reason);
    case 'clock_started':
      return message(`${ref}: a clock was started`, [
        '⏱️ ',
        ...called(facts),
        ' nothing would have reminded anybody of this. Warmline started its clock: an answer is due ',
        { date: event.data.clock.dueAt, format: WHEN },
        '.',
      ]);
    case 'nudged':
      return message(`${ref} waits for an answer`, ['⏰ ', ...called(facts, names), ' ', ...nudgeWords(event)]);
    default:
      return null;
  }
}

const threadOf = (aside: Aside | undefined) =>
  aside === 'former' ? 'the thread of a card that is gone' : "the area's thread";

/** Whoever is called, by name; a line that calls nobody, because they are told otherwise, begins with the case. */
function called({ ref, owner }: CaseFacts, names: readonly Actor[] = owner ? [owner] : []): Part[] {
  const people = names.flatMap((user, i): Part[] => (i ? [', ', { user }] : [{ user }]));
  if (!owner) return ['Nobody owns this yet', ...(people.length ? [', ', ...people] : []), ':'];
  return people.length ? people : [{ bold: ref }, ':'];
}

/** What a nudge says, after the name of the person it calls. */
export function nudgeWords({ data }: CaseEvent & { type: 'nudged' }): Part[] {
  const due: Part = { date: data.dueAt, format: WHEN };
  if (data.clock === 'police_number') return ['the police report number is still missing.'];
  if (data.clock === 'callback') return ['the customer was promised a callback for ', due, '.'];
  if (data.clock === 'sp_contact') return ['the SP promised to get back by ', due, '. Log the contact, or try them.'];
  if (data.clock === 'answer') return ['the question to the agent waits for an answer since ', due, '.'];
  if (data.clock === 'review') return ['this waits for the review since ', due, '.'];
  if (data.clock === 'acknowledge') return ['this waits for an acknowledgement since ', due, '.'];
  return ['an answer is due since ', due, '.'];
}
