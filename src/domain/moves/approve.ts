import { who } from '../case-words';
import { outcomeLabel } from '../outcomes';
import { isInForce } from '../sp-standing';
import type { None } from './declared';
import type { MoveDefinition } from './definition';
import { followedUp } from './resolve';
import { decidedBefore, endedByAppeal, inForceWords, outcomeFacts } from './sanctions';
import { requestKey, WORKED } from './shared';

declare module './declared' {
  interface Moves {
    approve: None;
  }
}

const OVER =
  'What this asks for was to end at a time that has passed, so approving it would set nothing. Refuse it with a reason, and ask for it again with a later end.';

/** A second manager approves a starred outcome (domain section 7). */
export const approve: MoveDefinition<'approve', never, 'resolved'> = {
  label: 'Approve',
  named: 10,
  who: 'manager',
  states: WORKED,
  needs: ({ approval }) => approval !== null,
  hindrance: (facts, actor) =>
    facts.approval?.by === actor
      ? `You asked for this yourself, ${who(actor)}: another Area Manager or an admin has to approve it.`
      : decidedBefore(facts, actor),
  request: ({ approval }) => requestKey(approval),
  dialog: {
    title: 'Approve',
    submit: 'Approve',
    fields: (facts) => {
      const { approval, sanction } = facts;
      const ended = endedByAppeal(facts, approval?.outcome ?? null);
      return [
        {
          kind: 'sentence',
          text: approval
            ? `Resolve this case with the outcome "${outcomeLabel(approval.outcome)}"? The person who asked for it cannot approve it.`
            : 'Nothing waits for approval anymore.',
        },
        ...(approval && isInForce(sanction)
          ? [{ kind: 'sentence', text: `It replaces what is in force now: ${inForceWords(sanction)}.` } as const]
          : []),
        ...(ended ? [{ kind: 'sentence', text: ended } as const] : []),
      ];
    },
    read: () => ({ asked: {} }),
    stands: { row: 30, desk: 30 },
  },
  texts: {},
  decide: ({ approval }, _asked, context) => {
    if (!approval) return [];
    const { outcome, text, by, until } = approval;
    if (until && until <= context.now) return OVER;
    return [
      {
        type: 'resolved',
        data: { outcome, text, askedBy: by, ...outcomeFacts(approval), ...followedUp(approval, context) },
      },
    ];
  },
  events: {},
};
