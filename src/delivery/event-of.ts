import { isLive } from '../domain/clocks';
import type { CaseHistory } from '../services/ports/cases';
import type { EventOf } from './targets/target';

/** Looks up what a message is about, unless it is a nudge that was answered since. */
export const eventOf =
  (history: Pick<CaseHistory, 'numbered'>): EventOf =>
  async ({ stored, delivery: { content } }) => {
    const event = 'seq' in content ? await history.numbered(stored, content.seq) : null;
    return event?.type !== 'nudged' || isLive(stored, event) ? event : null;
  };
