import type { Actor } from '../domain/case';
import type { Move } from '../domain/moves';
import { DeadlineError, within } from './deadline';
import type { ServiceDeps } from './deps';
import type { FoundUser } from './import-people-and-channels';

/** So long a submission waits for Slack's word on somebody, ms. */
const PATIENCE_MS = 600;

/** Who somebody is in Slack; null where Slack does not tell in time. */
const found = ({ slack }: Pick<ServiceDeps, 'slack'>, id: Actor): Promise<FoundUser | null> =>
  within(
    PATIENCE_MS,
    slack.userById(id).catch(() => null),
  ).catch((error: unknown) => {
    if (error instanceof DeadlineError) return null;
    throw error;
  });

/** Why somebody whom a picker gave cannot answer for anything: they are of another company. Null also where Slack does not tell in time. */
export async function strangerFault(deps: Pick<ServiceDeps, 'slack'>, id: Actor): Promise<string | null> {
  const person = await found(deps, id);
  return person?.company ? `They belong to another company (${person.company}): choose somebody who works here.` : null;
}

/** A sentence for where Slack shows no mentions, beside a field: people by name. */
export async function withNames(deps: Pick<ServiceDeps, 'slack'>, sentence: string): Promise<string> {
  const ids = [...new Set([...sentence.matchAll(/<@(\w+)>/g)].map(([, id = '']) => id))];
  const people = await Promise.all(ids.map(async (id) => [id, (await found(deps, id))?.name ?? 'Somebody'] as const));
  return people.reduce((text, [id, name]) => text.replaceAll(`<@${id}>`, name), sentence);
}

/** The same of the new owner that a move names. */
export const newOwnerFault = (deps: Pick<ServiceDeps, 'slack'>, move: Move): Promise<string | null> =>
  move.type === 'reassign' ? strangerFault(deps, move.owner) : Promise.resolve(null);
