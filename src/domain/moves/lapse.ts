import { type Sanction, type SetStanding, STANDING_WORDS } from '../sp-standing';
import type { None } from './declared';
import type { MoveDefinition } from './definition';
import { NO_CLOCKS, NOTED } from './shared';

declare module './declared' {
  interface Moves {
    lapse: None;
  }
  interface Events {
    standing_lapsed: { readonly is: SetStanding; readonly since: Date; readonly until: Date };
  }
}

/** Someone who asks to end both still waits for the ban. */
const stillAsked = (sanction: Sanction | undefined): Sanction['lifting'] =>
  sanction?.banned && sanction.lifting && sanction.lifting.what !== 'standing'
    ? { ...sanction.lifting, what: 'ban' }
    : null;

/** The case's suspension or notice of its SP reached its end date (domain section 12). */
export const lapse: MoveDefinition<'lapse', 'standing_lapsed'> = {
  label: 'Let the standing lapse',
  named: null,
  who: 'system',
  states: ['submitted', ...NOTED, 'void'],
  hindrance: null,
  dialog: null,
  texts: {},
  calls: true,
  decide: ({ sanction }, _asked, { now }) => {
    const standing = sanction?.standing;
    if (!standing?.until || standing.until > now) return [];
    const { is, since, until } = standing;
    return [{ type: 'standing_lapsed', data: { is, since, until } }];
  },
  events: {
    standing_lapsed: {
      apply: ({ sanction }) => ({
        sanction: {
          standing: null,
          banned: sanction?.banned ?? null,
          lifting: stillAsked(sanction),
        },
      }),
      clocks: { ...NO_CLOCKS, isOfTime: () => true },
      toDirectory: true,
      line: {
        say: ({ ref }, { data }) => ({
          text: `${ref}: no longer ${STANDING_WORDS[data.is]}`,
          line: [
            '🔓 This case had the SP ',
            { bold: STANDING_WORDS[data.is] },
            ' until ',
            { date: data.until },
            '. That is over now.',
          ],
        }),
        outside: 'never',
      },
      dm: {
        to: ({ owner }, _event, onDuty) => onDuty ?? [owner],
        say: (_facts, { data }) => ({
          text: `no longer ${STANDING_WORDS[data.is]}`,
          line: [
            '🔓 This SP was ',
            { bold: STANDING_WORDS[data.is] },
            ' until ',
            { date: data.until },
            '. That is over now. The scorecard shows what else applies to the SP.',
          ],
        }),
      },
    },
  },
};
