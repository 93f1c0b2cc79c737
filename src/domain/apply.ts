import { contactsAtHand, followersAtHand, goneAtHand, linksAtHand, notesAtHand, type Totals } from './at-hand';
import type { CaseEvent, CaseFacts, CaseLink, Clock, Note, SpContact } from './case';
import { formOf } from './forms';
import { answersHolding } from './forms/engine';
import { inOrder } from './notes';
import { clocksAfter } from './stopping';

/** The facts after an event. Pure and total: an event that was stored is always applicable. */
export function apply(facts: CaseFacts | null, event: CaseEvent): CaseFacts {
  if (event.type === 'filed') return filed(event);
  if (!facts) throw new Error(`A case begins with "filed", not with "${event.type}".`);
  return { ...facts, ...change(facts, event), ...clocksAfter(facts, event), seq: event.seq, changedAt: event.at };
}

/** The facts that a whole history of events gives. Throws when the history does not begin with `filed`. */
export function replay(events: readonly CaseEvent[]): CaseFacts {
  const facts = events.reduce<CaseFacts | null>(apply, null);
  if (!facts) throw new Error('A case has at least one event.');
  return facts;
}

function filed({ seq, at, data }: CaseEvent & { type: 'filed' }): CaseFacts {
  const { contacts = [] } = data;
  return {
    ...data,
    state: 'submitted',
    hold: { is: 'none' },
    filedAt: at,
    area: null,
    owner: null,
    unrouted: null,
    clocks: [],
    acknowledged: null,
    notes: [],
    contacts: contactsAtHand(contacts),
    links: linksAtHand(data.links),
    totals: { notes: 0, contacts: contacts.length, links: data.links.length, followers: 0 },
    firstAcknowledged: null,
    handedAt: null,
    resolution: null,
    reopened: 0,
    followers: [],
    question: null,
    approval: null,
    seq,
    changedAt: at,
  };
}

function change(facts: CaseFacts, event: Exclude<CaseEvent, { type: 'filed' }>): Partial<CaseFacts> {
  const { at, actor } = event;
  switch (event.type) {
    case 'routed': {
      const { state, area, owner, unrouted } = event.data;
      return { state, area, owner, unrouted };
    }
    case 'acknowledged':
      return {
        state: 'acknowledged',
        acknowledged: { by: actor, at, nextUpdateBy: event.data.nextUpdateBy },
        firstAcknowledged: facts.firstAcknowledged ?? { at, handedAt: facts.handedAt },
      };
    case 'promise_missed':
      return { state: 'open', acknowledged: null };
    case 'note_added': {
      const { id, text, edited = false, revision, clock } = event.data;
      const note: Note = { id, by: actor, at, text, edited, ...(revision ? { revision } : {}) };
      return { ...noted(facts, note), ...progressed(facts, clock) };
    }
    case 'note_edited':
      return {
        notes: notesAtHand(facts.notes.map((note) => (note.id === event.data.id ? changed(note, event.data) : note))),
      };
    case 'note_deleted': {
      const { id, unheard = false } = event.data;
      return {
        notes: facts.notes.filter((note) => note.id !== id),
        goneNotes: goneAtHand([...(facts.goneNotes ?? []), id]),
        totals: counted(facts, 'notes', unheard ? 0 : -1),
      };
    }
    case 'sp_contacted': {
      const contact: SpContact = { at, by: actor, reached: event.data.reached, text: event.data.text };
      const contacts = contactsAtHand([...facts.contacts, contact]);
      return { contacts, totals: counted(facts, 'contacts'), ...progressed(facts, event.data.clock) };
    }
    case 'callback_made': {
      const note: Note = { id: `c${event.seq}`, by: actor, at, text: event.data.text, edited: false };
      return { ...noted(facts, note), ...progressed(facts, event.data.clock) };
    }
    case 'snoozed':
      return { state: 'snoozed' };
    case 'woken':
      return { state: facts.hold.is === 'snoozed' ? facts.hold.resume : facts.state };
    case 'reassigned': {
      const { area, owner } = event.data;
      return { state: 'open', area, owner, unrouted: null, acknowledged: null };
    }
    case 'resolved':
      return {
        state: 'resolved',
        approval: null,
        resolution: { outcome: event.data.outcome, text: event.data.text, by: actor, at },
      };
    case 'reopened':
    case 'disputed':
      return { state: 'open', resolution: null, acknowledged: null, reopened: facts.reopened + 1 };
    case 'approval_asked':
      return { approval: { ...event.data, by: actor, at } };
    case 'approval_refused':
      return { approval: null };
    case 'sent_to_manager': {
      const { code, severity, area, owner } = event.data;
      const severityReason =
        severity === facts.severity ? facts.severityReason : 'The Admin team set this in the review.';
      return {
        state: 'open',
        title: `Exception: ${code}`,
        codes: [code],
        severity,
        severityReason,
        area,
        owner,
        question: null,
        handedAt: at,
      };
    }
    case 'returned':
      return { state: 'returned', question: { text: event.data.question, by: actor, at } };
    case 'answered': {
      const note: Note = { id: `a${event.seq}`, by: actor, at, text: event.data.text, edited: false };
      return { state: 'in_review', question: null, ...noted(facts, note) };
    }
    case 'severity_changed':
      return { severity: event.data.to, severityReason: event.data.reason };
    case 'linked':
      return linked(facts, event.data);
    case 'follower_added':
      return {
        followers: followersAtHand([...facts.followers, event.data.follower]),
        totals: counted(facts, 'followers'),
      };
    case 'merged':
      return {
        state: 'void',
        approval: null,
        ...linked(facts, { ref: event.data.into, relation: 'duplicate_of' }),
      };
    case 'claimed':
      return { owner: actor };
    case 'police_number_added': {
      const { number, agency } = event.data;
      const told = answersHolding(formOf(facts.kind), { police_number: number, police_agency: agency });
      return {
        answers: { ...facts.answers, ...told },
        marks: facts.marks.filter((mark) => mark !== 'police_number_missing'),
      };
    }
    case 'transferred':
      return event.data.specialist ? { owner: event.data.specialist } : {};
    case 'voided':
      return { state: 'void', approval: null };
    case 'escalated':
    case 'nudged':
    case 'policy_applied':
    case 'clocks_corrected':
    case 'clock_started':
      return {};
  }
}

/** Work on an acknowledged case moves it to in progress and renews the promise when a new clock comes with it. */
function progressed(facts: CaseFacts, clock: Clock | null): Partial<CaseFacts> {
  if (!clock || !facts.acknowledged) return {};
  return {
    state: 'in_progress',
    acknowledged: { ...facts.acknowledged, nextUpdateBy: clock.dueAt },
  };
}

const changed = (
  note: Note,
  { text, edited = true, revision }: Extract<CaseEvent, { type: 'note_edited' }>['data'],
): Note => ({ ...note, text, edited: note.edited || edited, ...(revision ? { revision } : {}) });
const counted = ({ totals }: CaseFacts, what: keyof Totals, by = 1): Totals => ({
  ...totals,
  [what]: totals[what] + by,
});

const noted = (facts: CaseFacts, note: Note): Pick<CaseFacts, 'notes' | 'totals'> => ({
  notes: notesAtHand(inOrder(facts.notes, note)),
  totals: counted(facts, 'notes'),
});

const linked = (facts: CaseFacts, link: CaseLink): Pick<CaseFacts, 'links' | 'totals'> => ({
  links: linksAtHand([...facts.links, link]),
  totals: counted(facts, 'links'),
});
