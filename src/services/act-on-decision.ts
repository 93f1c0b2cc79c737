import { SYSTEM } from '../domain/actor';
import type { CaseFacts } from '../domain/case';
import type { CaseEvent } from '../domain/event';
import type { ServiceDeps } from './deps';
import { moveCase } from './move-case';

/**
 * The case with this reference acts on another case's decision about it (domain section 12): a granted appeal ends what
 * it was about. It is one move of that case, keyed by the deciding event, so a repetition does nothing. A deleted case
 * has nothing to end.
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
