import type { Answers, Form } from '../domain/forms/form';
import { KINDS } from '../domain/kinds';
import type { ServiceDeps } from './deps';
import { specialistsOnShift } from './on-shift';

/** How far the warm transfer of a caller has come; null where the form wants none. Rejects when the store is away. */
export async function transferLine(deps: ServiceDeps, { kind }: Form, answers: Answers, id: string | undefined) {
  if (!KINDS[kind].transfer?.isWanted(answers)) return null;
  const [onShift, asked] = await Promise.all([specialistsOnShift(deps), id ? deps.transfers.byId(id) : null]);
  return { onShift, askedAt: asked?.askedAt ?? null, claimedBy: asked?.claimedBy ?? null };
}
