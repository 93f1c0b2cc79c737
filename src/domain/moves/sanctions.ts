import type { Actor } from '../actor';
import type { CaseFacts } from '../case';
import type { EventBase } from '../event';
import { factsAsked, factsOf, type OutcomeCode, type OutcomeFacts, standingBy } from '../outcomes';
import type { Piece } from '../pieces';
import { isInForce, type Sanction, STANDING_WORDS } from '../sp-standing';

/** The facts of an outcome, without the rest of an object. */
export function outcomeFacts({ on, detail, person, until, followUpDays }: OutcomeFacts): OutcomeFacts {
  return {
    ...(on === undefined ? {} : { on }),
    ...(detail === undefined ? {} : { detail }),
    ...(person === undefined ? {} : { person }),
    ...(until === undefined ? {} : { until }),
    ...(followUpDays === undefined ? {} : { followUpDays }),
  };
}

/** The facts of an outcome after its name, in a line. */
export const factPieces = (outcome: OutcomeCode, facts: OutcomeFacts): readonly Piece[] =>
  factsOf(outcome, facts).flatMap(({ label, value }): Piece[] => [
    `  ·  ${label}: `,
    value instanceof Date ? { date: value } : value,
  ]);

/** What a case sets for its SP with this outcome, replacing earlier. Undefined: nothing, or no SP. */
export function sanctioned(
  facts: CaseFacts,
  { at, data }: EventBase & { readonly data: OutcomeFacts & { readonly outcome: OutcomeCode } },
): Pick<CaseFacts, 'sanction'> {
  const standing = standingBy(data.outcome, data);
  const asked = factsAsked(data.outcome).some(({ as }) => as === 'person');
  const banned = asked && data.person ? { who: data.person, since: at } : null;
  if (!facts.sp.account || (!standing && !banned && !facts.sanction)) return {};
  return { sanction: { standing: standing && { ...standing, since: at }, banned, lifting: null } };
}

/** What is in force, in words: "the SP suspended", "a driver or employee on the do-not-send list". */
export function inForceWords({ standing, banned }: Sanction): string {
  const parts = [
    ...(standing ? [`the SP ${STANDING_WORDS[standing.is]}`] : []),
    ...(banned ? ['a driver or employee on the do-not-send list'] : []),
  ];
  return parts.join(' and ');
}

/** Why a case cannot be voided or merged: what it set for its SP is in force, and lifting that takes two people. */
export const barsClosing = ({ ref, sanction }: CaseFacts): string | null =>
  isInForce(sanction)
    ? `${ref} still has ${inForceWords(sanction)}. End that first with More → Lift suspension or ban: it takes a reason and a second person.`
    : null;

/** What happens if an appeal is granted; null: it is not an appeal, or this does not grant it. */
export const endedByAppeal = ({ appeal }: CaseFacts, outcome: OutcomeCode | null): string | null =>
  appeal && outcome === 'appeal_granted'
    ? `What ${appeal.ref} has set for the SP ends: its standing and its do-not-send list.`
    : null;

/** Why this person cannot decide an appeal; null if it is not one, or they did not make the decision. */
export const decidedBefore = ({ appeal }: CaseFacts, actor: Actor): string | null =>
  appeal?.decidedBy.includes(actor)
    ? `You decided ${appeal.ref}, so someone else has to decide this appeal. Reassign it to them.`
    : null;
