import type { Actor } from '../domain/case';
import type { Move } from '../domain/moves';
import { DeadlineError, within } from './deadline';
import type { ServiceDeps } from './deps';

/** So long a submission waits for Slack's word on somebody who was picked, ms. */
const PATIENCE_MS = 600;

/** Why somebody whom a picker gave cannot answer for anything: they are of another company. Null also where Slack does not tell in time. */
export async function strangerFault({ slack }: Pick<ServiceDeps, 'slack'>, id: Actor): Promise<string | null> {
  const found = await within(
    PATIENCE_MS,
    slack.userById(id).catch(() => null),
  ).catch((error: unknown) => {
    if (error instanceof DeadlineError) return null;
    throw error;
  });
  return found?.company ? `They belong to another company (${found.company}): choose somebody who works here.` : null;
}

/** The same of the new owner that a move names. */
export const newOwnerFault = (deps: Pick<ServiceDeps, 'slack'>, move: Move): Promise<string | null> =>
  move.type === 'reassign' ? strangerFault(deps, move.owner) : Promise.resolve(null);
