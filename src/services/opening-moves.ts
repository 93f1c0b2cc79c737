import { type Context, decide } from '../domain/decide';
import { withMessages } from '../domain/messages';
import type { Move } from '../domain/move';
import type { Change } from './ports/cases';

/** The case after what its reporter did before filing it, e.g. a warm transfer: stored in the same write. */
export function withMoves(
  opened: Change,
  moves: readonly Move[],
  context: Pick<Context, 'now' | 'key' | 'clock' | 'resume'>,
): Change {
  return moves.reduce(({ facts, events, mailbox }, move) => {
    const decision = decide(facts, move, { ...context, actor: facts.reporter, mayAct: false });
    if (!decision.ok) throw new Error(`A new case does not allow "${move.type}": ${decision.reason}`);
    return {
      facts: decision.facts,
      events: [...events, ...decision.events],
      mailbox: withMessages(decision.facts, decision.events, mailbox, { moveTo: null, leadership: null, people: null }),
    };
  }, opened);
}
