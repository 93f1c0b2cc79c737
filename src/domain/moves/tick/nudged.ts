import { belongsToArea } from '../../access';
import type { Actor } from '../../actor';
import type { ClockName, RungTarget } from '../../allowance';
import type { CaseFacts, Clock, Deferred } from '../../case';
import type { Piece, Said } from '../../pieces';
import { capital } from '../../wording';
import type { Events } from '../declared';
import type { DmReader, EventDefinition, Happened } from '../definition';
import { called, unchanged } from '../shared';

declare module '../declared' {
  interface Events {
    nudged: {
      readonly clock: ClockName;
      readonly dueAt: Date;
      readonly rung: number;
      readonly to: RungTarget;
      readonly deferred?: readonly Deferred[];
    };
  }
}

/** A nudge's text after the name of the person it calls: which promise was missed. */
function words({ clocks }: CaseFacts, { clock, dueAt }: Events['nudged']): readonly Piece[] {
  const due: Piece = { date: dueAt };
  // After a missed update, the acknowledgment is due from that very time.
  const isMissed = clocks.some(({ name, startedAt }) => name === clock && +startedAt === +dueAt);
  if (clock === 'acknowledge' && isMissed) return ['the update promised for ', due, ' has not come.'];
  if (clock === 'police_number') return ['the police report number is still missing.'];
  if (clock === 'callback') return ['the customer was promised a callback for ', due, '.'];
  if (clock === 'sp_contact') return ['the SP promised to get back by ', due, '. Log the contact, or try them.'];
  if (clock === 'answer') return ['the question to the agent has waited for an answer since ', due, '.'];
  if (clock === 'review') return ['this has waited for review since ', due, '.'];
  if (clock === 'approval') return ['an outcome has waited for a second approval since ', due, '.'];
  if (clock === 'follow_up') return ['check whether it worked, as planned for ', due, '.'];
  if (clock === 'acknowledge') return ['this has waited for an acknowledgment since ', due, '.'];
  return ['an answer has been due since ', due, '.'];
}

/** Whole units only, because the order of magnitude counts. Empty if it is delivered later. */
function late({ at, data: { dueAt, deferred } }: Happened<Events['nudged']>): string {
  if (deferred) return '';
  const minutes = Math.floor((+at - +dueAt) / 60_000);
  if (minutes < 1) return '';
  if (minutes < 120) return ` It is ${minutes} min late.`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? ` It is ${hours} h late.` : ` It is ${Math.floor(hours / 24)} days late.`;
}

/** Clocks that tell what a need-to-know case is about (`seenOutside`). */
const REVEALING: readonly ClockName[] = ['police_number', 'callback', 'approval', 'follow_up'];

/** Why this person is told. */
function because(
  { kind, owner, area }: CaseFacts,
  { to: rung, clock }: Events['nudged'],
  { to, acts }: Pick<DmReader, 'to' | 'acts'>,
): readonly Piece[] {
  if (clock === 'approval' && acts) return [' You are told because you may approve it.'];
  if (to === owner) return [' You own it.'];
  if (clock === 'review' || clock === 'answer') return [' You are told because the Admin team reviews it.'];
  if (rung === 'deputy' && belongsToArea(kind) && area)
    return [` You are told as the deputy of ${area}, or in their place.`];
  if (rung === 'manager' && area) return [` You are told as the manager of ${area}'s Area Manager, or in their place.`];
  if (!owner) return [' You are told because no one owns it.'];
  return rung === 'owner' || rung === 'thread'
    ? [' You are told because you stand in for ', { user: owner }, '.']
    : [' You are told because ', { user: owner }, ' has not answered.'];
}

/** The words as a sentence, if no name comes before them. */
const capitalized = ([first, ...rest]: readonly Piece[]): readonly Piece[] =>
  typeof first === 'string' ? [capital(first), ...rest] : first ? [first, ...rest] : [];

function rungFired(clock: Clock, { clock: name, dueAt, rung, deferred }: Events['nudged']): Clock {
  if (clock.name !== name || +clock.dueAt !== +dueAt) return clock;
  const { deferred: _told, ...rest } = clock;
  return { ...rest, fired: rung + 1, ...(deferred ? { deferred } : {}) };
}

const nudge = (facts: CaseFacts, { data }: Happened<Events['nudged']>, names: readonly Actor[] | undefined): Said => ({
  text: `${facts.ref} waits for an answer`,
  line: ['⏰ ', ...called(facts, names), ' ', ...words(facts, data)],
});

/** A rung of a ladder fired. `reach` decides whom it tells and how; this is the text. */
export const nudged: EventDefinition<Events['nudged']> = {
  apply: unchanged,
  clocks: {
    answers: [],
    starts: null,
    again: null,
    isOfTime: () => true,
    after: ({ clocks, hold }, { data }) => ({ clocks: clocks.map((clock) => rungFired(clock, data)), hold }),
  },
  line: {
    say: nudge,
    // The other clocks reveal what the case is about.
    outside: (facts, event, names) =>
      event.data.clock === 'acknowledge' || event.data.clock === 'update' ? nudge(facts, event, names) : null,
  },
  dm: {
    to: () => [],
    say: (facts, event, { to, acts, isOutside }) => {
      const { data } = event;
      const { question, reporter } = facts;
      if (isOutside && REVEALING.includes(data.clock))
        return {
          text: 'waits for someone who may read it',
          line: [
            '⏰ Something in this case has been due since ',
            { date: data.dueAt },
            '. Only people who may read the case can do it.',
            ...because(facts, data, { to, acts }),
          ],
        };
      if (data.clock === 'police_number')
        return {
          text: 'the police report number is missing',
          line: ['🚓 Do you have the police report number yet?'],
          buttons: ['add_police_number'],
        };
      if (data.clock === 'answer' && question && to === reporter)
        return {
          text: 'a question waits for your answer',
          line: ['❓ ', { user: question.by }, ' still waits for your answer about your report:'],
          quoted: question.text,
          buttons: ['answer'],
        };
      return {
        text: 'waits for you',
        line: ['⏰ ', ...capitalized(words(facts, data)), late(event), ...because(facts, data, { to, acts })],
        buttons: acts ? { answering: data.clock } : ['add_note'],
      };
    },
  },
  notice: { say: () => ['⏰ No one has answered this in time:'] },
};
