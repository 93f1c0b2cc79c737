import { firstBreak, type SealedEvent, seal } from '../../src/db/evidence';
import { filedCase, later, MONDAY, minutes, moved } from '../support/cases';

/** A case with four events, sealed in two writes as the store does it. */
function history() {
  const { facts, events } = filedCase();
  const noted = moved(facts, { type: 'add_note', id: null, text: 'called back' }, later(MONDAY, minutes(5)));
  const done = moved(noted.facts, { type: 'resolve', outcome: 'coaching_given', text: '' }, later(MONDAY, minutes(9)));
  const first = seal('', events);
  return [...first, ...seal(first.at(-1)?.hash ?? '', [...noted.events, ...done.events])];
}

/** A history as it is read, page by page. */
async function* pages(events: readonly SealedEvent[]) {
  yield events.slice(0, 1);
  yield events.slice(1);
}

describe('the record as evidence', () => {
  it('is whole as it was written, also after a round trip through JSON with its dates', async () => {
    const events = history();
    expect(events).toHaveLength(4);
    expect(await firstBreak(pages(events))).toBeNull();
  });

  it('finds an edited event', async () => {
    const events = history();
    const edited = events.map((event) =>
      event.type === 'note_added' ? { ...event, data: { ...event.data, text: 'never called' } } : event,
    );
    expect(await firstBreak(pages(edited))).toBe(3);
  });

  it('finds a dropped event and two that changed places', async () => {
    const [first, second, third, fourth] = history();
    if (!first || !second || !third || !fourth) throw new Error('four events');
    expect(await firstBreak(pages([first, second, fourth]))).toBe(3);
    expect(await firstBreak(pages([first, third, second, fourth]))).toBe(2);
  });
});
