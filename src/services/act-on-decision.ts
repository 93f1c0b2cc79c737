import { type CaseEvent, type CaseFacts, SYSTEM } from '../domain/case';
import type { ServiceDeps } from './deps';
import { moveCase } from './move-case';

/**
 * The case with this reference acts on what was decided about it in another one (domain section 12): an appeal that was
 * granted ends what it was about. It is one move of that case, known by the event that decided: told again, nothing
 * happens. A case that is no longer in the records has nothing to end.
 */
export async function actOnDecision(
  deps: ServiceDeps,
  ref: string,
  decided: Pick<CaseFacts, 'ref' | 'filedAt'>,
  { type, seq, actor, data }: CaseEvent,
): Promise<void> {
  if (type !== 'resolved' || data.outcome !== 'appeal_granted') return;
  await moveCase(deps, {
    find: { ref },
    move: {
      type: 'lift_on_appeal',
      appeal: decided.ref,
      filedAt: decided.filedAt,
      grantedBy: data.askedBy ?? actor,
      approvedBy: actor,
    },
    by: SYSTEM,
    key: `${decided.ref}:${seq}`,
  });
}
