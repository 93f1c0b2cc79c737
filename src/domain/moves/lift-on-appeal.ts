import type { Actor } from '../actor';
import type { Liftable, Sanction } from '../sp-standing';
import type { MoveDefinition } from './definition';
import { inForceWords } from './sanctions';
import { NO_CLOCKS, NOTED } from './shared';

declare module './declared' {
  interface Moves {
    lift_on_appeal: {
      /** The granted appeal, and when it was filed: what was set later was not appealed. */
      readonly appeal: string;
      readonly filedAt: Date;
      /** Who granted it, and who approved that. */
      readonly grantedBy: Actor;
      readonly approvedBy: Actor;
    };
  }
  interface Events {
    /** `what`: what ended; null: nothing was in force anymore. */
    appeal_granted: Moves['lift_on_appeal'] & { readonly what: Liftable | null };
  }
}

/** What is left of a case's standing and ban once those in force at that time have ended. */
const left = ({ standing, banned, lifting }: Sanction, filedAt: Date): Sanction => {
  const newer = <Set extends { readonly since: Date }>(set: Set | null) => (set && set.since > filedAt ? set : null);
  const rest = { standing: newer(standing), banned: newer(banned) };
  return { ...rest, lifting: rest.standing || rest.banned ? lifting : null };
};

function ended(before: Sanction, after: Sanction): Liftable | null {
  const [standing, ban] = [before.standing && !after.standing, before.banned && !after.banned];
  if (standing && ban) return 'both';
  if (standing) return 'standing';
  return ban ? 'ban' : null;
}

/** The text for what ended; by then, the facts do not have it anymore. */
const WORDS: Readonly<Record<Liftable, string>> = {
  standing: 'the standing of the SP ends now',
  ban: 'the driver or employee may be sent again',
  both: 'the standing of the SP ends now, and the driver or employee may be sent again',
};

/**
 * An appeal against this case was granted, decided and approved by people who did not make the decision: what it had
 * set for its SP when the appeal was filed ends (domain section 12). The owner and the people who made the decision are
 * told.
 */
export const liftOnAppeal: MoveDefinition<'lift_on_appeal', 'appeal_granted'> = {
  label: 'End what was appealed against',
  named: null,
  who: 'system',
  states: ['submitted', ...NOTED, 'void'],
  hindrance: null,
  dialog: null,
  texts: { appeal: 'code', grantedBy: 'code', approvedBy: 'code' },
  calls: true,
  decide: ({ sanction }, { appeal, filedAt, grantedBy, approvedBy }) => {
    const what = sanction ? ended(sanction, left(sanction, filedAt)) : null;
    return [{ type: 'appeal_granted', data: { appeal, filedAt, grantedBy, approvedBy, what } }];
  },
  events: {
    appeal_granted: {
      apply: ({ sanction }, { data }) => (sanction && data.what ? { sanction: left(sanction, data.filedAt) } : {}),
      clocks: NO_CLOCKS,
      toDirectory: true,
      line: {
        say: ({ ref, sanction }, { data }) => ({
          text: `${ref}: the appeal ${data.appeal} was granted`,
          line: [
            '🔓 ',
            { user: data.grantedBy },
            ' and ',
            { user: data.approvedBy },
            ` granted the appeal ${data.appeal} against this: `,
            data.what ? WORDS[data.what] : 'nothing that it was about is still in force',
            ...(sanction?.standing || sanction?.banned
              ? [`. What was set after the appeal stays in force: ${inForceWords(sanction)}`]
              : []),
            '.',
          ],
        }),
        outside: 'never',
      },
      dm: {
        to: ({ owner, resolution }, { data }, onDuty) =>
          [...(onDuty ?? [owner]), resolution?.by ?? null, resolution?.askedBy ?? null].filter(
            (id) => id !== data.grantedBy && id !== data.approvedBy,
          ),
        say: (_facts, { data }) => ({
          text: 'the appeal against it was granted',
          line: [
            `🔓 The appeal ${data.appeal} against this was granted: `,
            data.what ? WORDS[data.what] : 'nothing that it was about is still in force',
            '. The scorecard shows what else applies to the SP.',
          ],
        }),
      },
    },
  },
};
