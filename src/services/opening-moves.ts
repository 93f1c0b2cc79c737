import type { CaseEvent, CaseFacts } from '../domain/case';
import { type Context, decide } from '../domain/decide';
import type { Mailbox } from '../domain/mailbox';
import { withMessages } from '../domain/messages';
import type { Move } from '../domain/move';

/** A case about to be stored. */
interface Opened {
  readonly facts: CaseFacts;
  readonly events: readonly CaseEvent[];
  readonly mailbox: Mailbox;
}

/** The case after what its reporter did before filing it, e.g. a warm transfer: stored in the same write. */
export function withMoves(
  opened: Opened,
  moves: readonly Move[],
  context: Pick<Context, 'now' | 'key' | 'clock' | 'resume'>,
): Opened {
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
