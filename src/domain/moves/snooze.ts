import type { CaseState, Clock } from '../case';
import { promised, unanswered } from '../clocks';
import type { MoveDefinition } from './definition';
import { moment, text } from './dialog';
import { by, reporters, WORKED } from './shared';

declare module './declared' {
  interface Moves {
    snooze: { readonly until: Date; readonly reason: string };
  }
  interface Events {
    snoozed: Moves['snooze'] & { readonly clock: Clock };
  }
}

const resumable = (state: CaseState): 'open' | 'acknowledged' | 'in_progress' =>
  state === 'acknowledged' || state === 'in_progress' ? state : 'open';

/** No one is reminded until then (domain section 8). */
export const snooze: MoveDefinition<'snooze', 'snoozed'> = {
  label: 'Snooze',
  named: 110,
  who: 'responsible',
  states: WORKED,
  hindrance: null,
  dialog: {
    title: 'Snooze',
    submit: 'Snooze',
    fields: (_facts, { presets }) => [
      {
        kind: 'choice',
        look: 'radio_buttons',
        id: 'preset',
        label: 'Snooze until',
        options: presets.map(({ label, at }) => ({ label, value: String(+at / 1000) })),
        initial: presets[1] && String(+presets[1].at / 1000),
        hint: 'No reminders until then. After that, its clocks continue where they stopped.',
      },
      {
        kind: 'moment',
        id: 'until',
        label: 'Another time',
        optional: true,
        hint: 'Replaces the choice above.',
      },
      {
        kind: 'text',
        id: 'reason',
        label: 'Reason',
        short: true,
        hint: 'For example: part on order until Thursday. The agent is told.',
      },
    ],
    read: (values, { now }) => {
      const chosen = values.until ?? (values.preset === undefined ? undefined : Number(values.preset));
      const until = moment({ until: chosen }, 'until', now);
      return 'at' in until ? { asked: { until: until.at, reason: text(values, 'reason') } } : until;
    },
    several: {
      none: 'You cannot snooze any of the cases on screen. Choose another page or other filters first.',
      will: ({ until, reason }) => ({
        line: [' will be snoozed until ', { date: until }, '. Each agent who filed one is told, with this reason:'],
        quoted: reason,
      }),
      done: 'snoozed',
    },
    stands: {
      menu: 10,
      desk: 80,
      nudge: { acknowledge: 30, update: 30, callback: 30, sp_contact: 30 },
    },
  },
  texts: { reason: 'free' },
  decide: (facts, { until, reason }, { now }) => {
    if (until <= now) return 'A case can only be snoozed until a time in the future.';
    if (unanswered(facts).some(({ name, dueAt }) => name === 'callback' && dueAt < until))
      return 'The customer was promised a callback before then. Snooze until an earlier time, or make the callback first.';
    return [{ type: 'snoozed', data: { until, reason, clock: promised('snooze', now, until) } }];
  },
  events: {
    snoozed: {
      apply: () => ({ state: 'snoozed' }),
      clocks: {
        answers: [],
        starts: null,
        again: null,
        after: ({ state, clocks, hold }, { at, data: { until, reason, clock } }) => {
          const asleep = hold.is === 'snoozed' ? hold : { since: at, resume: resumable(state), suspended: clocks };
          return { clocks: [clock], hold: { ...asleep, is: 'snoozed', until, reason } };
        },
      },
      line: {
        say: ({ ref }, event) => ({
          text: `${ref} snoozed`,
          line: ['💤 ', by(event), ' snoozed this until ', { date: event.data.until }, '.'],
          quoted: event.data.reason,
        }),
        outside: 'same',
      },
      dm: {
        to: reporters,
        say: (_facts, { actor, data }) => ({
          text: 'put off',
          line: [
            '💤 ',
            { user: actor },
            ' put your report off until ',
            { date: data.until },
            '. The time that you were told for an answer moves by as much.',
          ],
          quoted: data.reason,
        }),
      },
    },
  },
};
