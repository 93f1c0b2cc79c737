import type { MoveDefinition } from './definition';
import { asksText } from './dialog';
import { type OpenedAgain, openedAgain, reopening } from './opened-again';
import { by, hidesReporter, type Reason } from './shared';

declare module './declared' {
  interface Moves {
    dispute: Reason;
  }
  interface Events {
    disputed: OpenedAgain;
  }
}

/** How long an agent may dispute an outcome (domain section 7). */
const DISPUTE_MS = 7 * 24 * 60 * 60_000;

/** For 7 days, the reporter can dispute the outcome (domain section 7). */
export const dispute: MoveDefinition<'dispute', 'disputed'> = {
  label: 'Dispute',
  named: 180,
  who: 'reporter',
  states: ['resolved'],
  hindrance: ({ ref, resolution }, _actor, now) =>
    resolution && +now > +resolution.at + DISPUTE_MS
      ? `${ref} was resolved more than 7 days ago and can no longer be disputed. File a new report, and mention ${ref} in it.`
      : null,
  dialog: {
    title: 'Dispute the outcome',
    submit: 'Dispute',
    ...asksText(
      { id: 'reason', label: 'What is not settled?', hint: 'The case is open again, and its owner is told.' },
      (reason) => ({ reason }),
    ),
    stands: {},
  },
  texts: { reason: 'free' },
  calls: true,
  decide: (facts, asked, context) => [{ type: 'disputed', data: openedAgain(facts, asked, context) }],
  events: {
    disputed: {
      ...reopening,
      line: {
        say: ({ ref }, event) => ({
          text: `${ref} disputed`,
          line: ['↩️ ', by(event), ', who filed this, disputes the outcome. The case is open again:'],
          quoted: event.data.reason,
        }),
        outside: ({ ref }) => ({ text: `${ref} is open again`, line: ['↩️ The case is open again.'] }),
      },
      dm: {
        to: ({ owner }, _event, onDuty) => onDuty ?? [owner],
        say: (facts, { actor, data }) => ({
          text: 'disputed',
          line: hidesReporter(facts)
            ? ['↩️ The outcome is disputed; the case is open again.']
            : ['↩️ ', { user: actor }, ' disputes the outcome; the case is open again:'],
          quoted: data.reason,
        }),
      },
    },
  },
};
