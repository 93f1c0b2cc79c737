import type { Answers, Form } from '../domain/forms/form';
import { KINDS } from '../domain/kinds';
import type { ServiceDeps } from './deps';
import { specialistsOnShift } from './on-shift';

/** The state of a caller's warm transfer; null if the form has none. Rejects if the store is unreachable. */
export async function transferLine(deps: ServiceDeps, { kind }: Form, answers: Answers, id: string | undefined) {
  if (!KINDS[kind].transfer?.isWanted(answers)) return null;
  const [onShift, asked] = await Promise.all([specialistsOnShift(deps), id ? deps.transfers.byId(id) : null]);
  return { onShift, askedAt: asked?.askedAt ?? null, claimedBy: asked?.claimedBy ?? null };
}

/** No one holds the line for longer, ms. */
const ON_THE_LINE_MS = 10 * 60_000;

/** Whether an agent still waits for someone to take their caller. */
export async function isOnTheLine({ transfers, now }: ServiceDeps, id: string): Promise<boolean> {
  const transfer = await transfers.byId(id);
  return transfer !== null && transfer.claimedBy === null && +now() - +transfer.askedAt < ON_THE_LINE_MS;
}
