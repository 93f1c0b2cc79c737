import type { Actor } from '../actor';
import { followersAtHand } from '../at-hand';
import type { CaseFacts } from '../case';
import type { Piece } from '../pieces';
import type { MoveDefinition } from './definition';
import { counted, NO_CLOCKS, NOTED } from './shared';

declare module './declared' {
  interface Moves {
    follow: {
      readonly follower: Actor;
      /** The reference of their own report, or of this case if they added to it. */
      readonly because: string;
    };
  }
  interface Events {
    follower_added: Moves['follow'];
  }
}

/** Tells a follower that they will hear about it; only the first followers do. */
const hears = ({ followers, owner }: CaseFacts, follower: Actor): readonly Piece[] =>
  followers.includes(follower)
    ? ['You get updates on it from now on.']
    : [
        'So many people follow it that you do not get a message when it changes: ask ',
        ...(owner ? [{ user: owner }] : ['the Admin team']),
        ' where it stands.',
      ];

/** Someone else hears what becomes of it. */
export const follow: MoveDefinition<'follow', 'follower_added'> = {
  label: 'Follow',
  named: null,
  who: 'system',
  states: NOTED,
  hindrance: null,
  dialog: null,
  texts: { follower: 'code', because: 'code' },
  decide: ({ reporter, followers }, { follower, because }) =>
    follower === reporter || followers.includes(follower)
      ? []
      : [{ type: 'follower_added', data: { follower, because } }],
  events: {
    follower_added: {
      apply: (facts, { data }) => ({
        followers: followersAtHand([...facts.followers, data.follower]),
        totals: counted(facts, 'followers'),
      }),
      clocks: NO_CLOCKS,
      line: null,
      dm: {
        to: (_facts, { data }) => [data.follower],
        say: (facts, { data: { follower, because } }) => ({
          text: 'continues here',
          line:
            because === facts.ref
              ? ['🔗 What you typed was added to this case. ', ...hears(facts, follower)]
              : ['🔗 Your report ', { bold: because }, ' is a duplicate of this case. ', ...hears(facts, follower)],
        }),
      },
    },
  },
};
