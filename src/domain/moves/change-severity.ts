import type { CaseFacts, Clock } from '../case';
import { SEVERITY_WORD } from '../case-words';
import { SEVERITIES, type Severity } from '../severity';
import type { MoveDefinition } from './definition';
import { fault, text } from './dialog';
import { by, some, WORKED } from './shared';

declare module './declared' {
  interface Moves {
    change_severity: { readonly to: Severity; readonly reason: string };
  }
  interface Events {
    severity_changed: {
      readonly from: Severity;
      readonly to: Severity;
      readonly reason: string;
      readonly clock: Clock | null;
    };
  }
}

const isAcknowledged = ({ state, hold }: CaseFacts) => (hold.is === 'snoozed' ? hold.resume : state) !== 'open';

/** Someone changes the severity that the form computed; a case that waits for an acknowledgment gets the new clock. */
export const changeSeverity: MoveDefinition<'change_severity', 'severity_changed'> = {
  label: 'Change severity',
  named: 120,
  who: 'responsible',
  states: WORKED,
  hindrance: null,
  dialog: {
    title: 'Change severity',
    submit: 'Change',
    fields: ({ severity }) => [
      {
        kind: 'choice',
        look: 'radio_buttons',
        id: 'severity',
        label: 'Severity',
        options: SEVERITIES.map((value) => ({ value, label: SEVERITY_WORD[value] })),
        hint: `Now: ${SEVERITY_WORD[severity]}. An open case gets the clock of its new severity.`,
      },
      { kind: 'text', id: 'reason', label: 'Reason', short: true },
    ],
    read: (values) => {
      const to = SEVERITIES.find((severity) => severity === values.severity);
      return to ? { asked: { to, reason: text(values, 'reason') } } : fault('severity', 'Choose a severity.');
    },
    stands: { menu: 30 },
  },
  texts: { reason: 'free' },
  changes: ({ to }) => ({ severity: to }),
  decide: ({ ref, severity }, { to, reason }, { clock, now }) => {
    if (to === severity) return `${ref} already has this severity. Choose another, or close this window.`;
    return [{ type: 'severity_changed', data: { from: severity, to, reason, clock: clock('acknowledge', now) } }];
  },
  events: {
    severity_changed: {
      apply: (_facts, { data }) => ({ severity: data.to, severityReason: data.reason }),
      clocks: {
        answers: [],
        starts: ({ clock }, facts) => (isAcknowledged(facts) ? [] : some(clock)),
        again: (_facts, { data }, { at, clockWith }) => ({
          ...data,
          clock: clockWith({ severity: data.to })('acknowledge', at),
        }),
      },
      line: {
        say: ({ ref }, event) => ({
          text: `${ref}: severity changed`,
          line: ['⚖️ ', by(event), ` changed the severity from ${event.data.from} to `, { bold: event.data.to }, '.'],
          quoted: event.data.reason,
        }),
        outside: 'same',
      },
      dm: null,
    },
  },
};
