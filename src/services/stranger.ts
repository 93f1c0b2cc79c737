import type { Actor } from '../domain/actor';
import type { Answers, Fault, Form } from '../domain/forms/form';
import { newOwnerOf } from '../domain/move';
import type { Move } from '../domain/moves/declared';
import type { FoundUser } from '../domain/workspace';
import { withinOr } from './deadline';
import type { ServiceDeps } from './deps';
import { isRefusedGuest } from './guests';

/** How long a submission waits for Slack's answer about someone, ms. */
const PATIENCE_MS = 600;

/** Who someone is in Slack; null if Slack does not answer in time. */
const found = ({ slack }: Pick<ServiceDeps, 'slack'>, id: Actor): Promise<FoundUser | null> =>
  withinOr(
    PATIENCE_MS,
    slack.userById(id).catch(() => null),
    () => null,
  );

/**
 * Why a picked person cannot answer for anything: an app, someone of another company, deactivated, a guest who may do
 * nothing. Also null if Slack does not answer in time. Rejects if the store is unreachable.
 */
export async function strangerFault(deps: ServiceDeps, id: Actor): Promise<string | null> {
  const [person, isGuest] = await Promise.all([found(deps, id), isRefusedGuest(deps, id)]);
  if (person?.isApp) return 'This is an app, not a person: choose someone else.';
  if (person?.company) return `They belong to another company (${person.company}): choose someone who works here.`;
  if (person && !person.isActive) return 'Their Slack account is deactivated: choose someone else.';
  return isGuest
    ? 'They are a guest in Slack, and guests cannot take part: choose someone else, or ask an admin.'
    : null;
}

/** A sentence for a field, where Slack shows no mentions: people by name. */
export async function withNames(deps: Pick<ServiceDeps, 'slack'>, sentence: string): Promise<string> {
  const ids = [...new Set([...sentence.matchAll(/<@(\w+)>/g)].map(([, id = '']) => id))];
  const people = await Promise.all(ids.map(async (id) => [id, (await found(deps, id))?.name ?? 'Someone'] as const));
  return people.reduce((text, [id, name]) => text.replaceAll(`<@${id}>`, () => name), sentence);
}

/** The same for the new owner that a move names, if any. */
export async function newOwnerFault(deps: ServiceDeps, move: Move): Promise<string | null> {
  const owner = newOwnerOf(move);
  return owner ? strangerFault(deps, owner) : null;
}

/** The same for the person who takes the case over by an answer of the form. */
export async function takerFaults(deps: ServiceDeps, form: Form, answers: Answers): Promise<Fault[]> {
  const takers = form.questions.flatMap((question) => {
    const answer = question.kind === 'person' && question.takesOver ? answers[question.id] : undefined;
    return typeof answer === 'string' ? [{ question: question.id, person: answer }] : [];
  });
  const faults = await Promise.all(
    takers.map(async ({ question, person }) => ({ question, message: await strangerFault(deps, person) })),
  );
  return faults.flatMap(({ question, message }) => (message ? [{ question, message }] : []));
}
