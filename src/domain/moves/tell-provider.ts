import type { CaseFacts } from '../case';
import { outcomeLabel } from '../outcomes';
import { isMailAddress } from '../targets/email';
import type { MoveDefinition } from './definition';
import { fault, text } from './dialog';
import { by, NO_CLOCKS, unchanged } from './shared';

declare module './declared' {
  interface Moves {
    tell_provider: {
      readonly text: string;
      /** Its email address; empty if the SP was told in another way. */
      readonly to: string;
    };
  }
  interface Events {
    provider_told: Moves['tell_provider'];
  }
}

/** A draft of what the SP may be told: the decision, and how to appeal. Nothing from the report. */
function suggested({ ref, sp, resolution }: CaseFacts): string {
  const decided = resolution ? `Our decision: ${outcomeLabel(resolution.outcome)}.` : 'We made a decision.';
  return [
    `To ${sp.name ?? 'the SP'} (account ${sp.account}):`,
    `We reviewed a report about one of your jobs. ${decided}`,
    `If you disagree, tell your liaison and mention ${ref}. Someone who did not make this decision will review it.`,
  ].join('\n\n');
}

/** Tells the SP the decision, in words that are shown before they are sent (domain section 12). */
export const tellProvider: MoveDefinition<'tell_provider', 'provider_told'> = {
  label: 'Tell the SP',
  named: null,
  who: 'keeper',
  states: ['resolved'],
  hindrance: ({ sp, ref }) => (sp.account ? null : `${ref} is about no SP.`),
  dialog: {
    title: 'Tell the SP',
    submit: 'Tell',
    fields: (facts, { spMailbox }) => [
      {
        kind: 'text',
        id: 'text',
        label: 'What the SP is told',
        initial: suggested(facts),
        hint: 'It goes out exactly as written. Do not say who reported it.',
      },
      {
        kind: 'text',
        id: 'to',
        label: 'Email of the SP',
        short: true,
        most: 254,
        initial: spMailbox ?? undefined,
        optional: true,
        hint: 'Leave it empty if you told them by phone or letter.',
      },
    ],
    read: (values) => {
      const [said, to] = [text(values, 'text'), text(values, 'to')];
      if (to && !isMailAddress(to)) return fault('to', 'This is not an email address: correct it, or leave it empty.');
      return { asked: { text: said, to } };
    },
    stands: { menu: 65 },
  },
  texts: { text: 'free', to: 'code' },
  decide: (_facts, { text: said, to }) => [{ type: 'provider_told', data: { text: said, to } }],
  events: {
    provider_told: {
      apply: unchanged,
      clocks: NO_CLOCKS,
      mails: ({ to }) => to || null,
      line: {
        say: ({ ref }, event) => ({
          text: `${ref}: the SP was told`,
          line: ['📨 ', by(event), event.data.to ? ` emailed the SP at ${event.data.to}:` : ' told the SP:'],
          quoted: event.data.text,
        }),
        outside: 'never',
      },
      dm: null,
    },
  },
};
