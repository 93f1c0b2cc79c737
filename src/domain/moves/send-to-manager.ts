import type { Actor } from '../actor';
import type { Clock } from '../case';
import { SEVERITY_WORD } from '../case-words';
import { CODE_OPTIONS, EXCEPTION_CODES, type ExceptionCode } from '../exception-codes';
import { SEVERITIES, type Severity } from '../severity';
import { placesOf } from '../targets';
import type { MoveDefinition } from './definition';
import { fault, MOST_AREAS, text } from './dialog';
import { by, some } from './shared';

declare module './declared' {
  interface Moves {
    send_to_manager: {
      readonly code: ExceptionCode;
      readonly severity: Severity;
      readonly note: string;
      readonly area: string | null;
      readonly owner: Actor | null;
    };
  }
  interface Events {
    sent_to_manager: Moves['send_to_manager'] & { readonly clock: Clock | null };
  }
}

const PRIORITIES = ['high', 'elevated', 'normal', 'low'] as const satisfies readonly Severity[];

/** The review adds code, priority and a note, and the case goes to the area's channel (domain section 6, step 3). */
export const sendToManager: MoveDefinition<'send_to_manager', 'sent_to_manager'> = {
  label: 'Send to AM',
  named: 30,
  who: 'reviewer',
  states: ['in_review'],
  hindrance: null,
  dialog: {
    title: 'Send to AM',
    submit: 'Send',
    fields: ({ codes, severity, area }, { areas }) => [
      {
        kind: 'choice',
        look: 'static_select',
        id: 'code',
        label: 'Code',
        options: CODE_OPTIONS.map(({ code, label, description }) => ({ value: code, label, description })),
        initial: codes[0],
      },
      {
        kind: 'choice',
        look: 'radio_buttons',
        id: 'priority',
        label: 'Priority',
        options: PRIORITIES.map((value) => ({ value, label: SEVERITY_WORD[value] })),
        initial: severity,
      },
      ...(areas.length
        ? [
            {
              kind: 'choice' as const,
              look: 'static_select' as const,
              id: 'area',
              label: 'Area',
              options: areas.slice(0, MOST_AREAS).map(({ name }) => ({ value: name, label: name })),
              initial: area ?? undefined,
            },
          ]
        : []),
      { kind: 'text', id: 'note', label: 'Note for the Area Manager', optional: true },
    ],
    read: (values, { areas }) => {
      const code = EXCEPTION_CODES.find((one) => one === values.code);
      const severity = SEVERITIES.find((one) => one === values.priority);
      const area = areas.find(({ name }) => name === values.area);
      if (!area?.channel || !area.areaManager)
        return fault('area', 'This area has no channel or no Area Manager yet. Choose another.');
      if (!code || !severity) return fault('code', 'Choose a code and a priority.');
      const note = text(values, 'note');
      return { asked: { code, severity, note, area: area.name, owner: area.areaManager } };
    },
    stands: { row: 10, desk: 10, review: 10, nudge: { review: 10 }, isPrimary: () => true },
  },
  texts: { note: 'free', area: 'code', owner: 'code' },
  changes: ({ area, severity }, facts) => ({ area: area ?? facts.area, severity }),
  decide: (_facts, { code, severity, note, area, owner }, { clock, now }) => [
    { type: 'sent_to_manager', data: { code, severity, note, area, owner, clock: clock('acknowledge', now) } },
  ],
  events: {
    sent_to_manager: {
      apply: (facts, { at, data: { code, severity, area, owner } }) => ({
        state: 'open',
        title: `Exception: ${code}`,
        codes: [code],
        severity,
        severityReason: severity === facts.severity ? facts.severityReason : 'The Admin team set this in its review.',
        area,
        owner,
        question: null,
        handedAt: at,
      }),
      clocks: {
        answers: ['acknowledge', 'update', 'review', 'answer'],
        action: 'sends it to the Area Manager',
        starts: ({ clock }) => some(clock),
        again: (_facts, { data }, { at, clockWith }) => ({
          ...data,
          clock: clockWith({ area: data.area, severity: data.severity })('acknowledge', at),
        }),
      },
      line: {
        say: ({ ref }, event) => ({
          text: `${ref} sent to the Area Manager`,
          line: ['📨 ', by(event), ' reviewed this and sent it on as ', { bold: event.data.code }, '.'],
          quoted: event.data.note,
        }),
        outside: 'same',
      },
      dm: {
        to: (_facts, { data }) => [data.owner],
        say: (_facts, { actor, data }) => ({
          text: 'sent to you',
          line: ['📨 ', { user: actor }, ' reviewed this and sent it to you as ', { bold: data.code }, '.'],
          quoted: data.note,
        }),
      },
      notice: {
        to: ({ data }, { beside = [] }) => placesOf(beside, data.owner),
        say: ({ actor }) => ['📨 ', { user: actor }, ' reviewed this and sent it to the Area Manager:'],
      },
    },
  },
};
