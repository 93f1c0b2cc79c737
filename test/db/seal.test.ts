import { createHash } from 'node:crypto';
import stringify from 'safe-stable-stringify';
import { seal } from '../../src/db/seal';
import type { SealedEvent } from '../../src/domain/event';
import { followChain } from '../../src/proof/verify.cjs';
import { filedCase, later, MONDAY, minutes, moved } from '../support/cases';

const ID = 'V0VIEW';

/** A case with four events, sealed in two writes as the store does it. */
function history(id = ID) {
  const { facts, events } = filedCase();
  const noted = moved(facts, { type: 'add_note', id: null, text: 'called back' }, later(MONDAY, minutes(5)));
  const done = moved(noted.facts, { type: 'resolve', outcome: 'coaching_given', text: '' }, later(MONDAY, minutes(9)));
  const first = seal(id, '', events);
  return [...first, ...seal(id, first.at(-1)?.hash ?? '', [...noted.events, ...done.events])];
}

/** Where a chain breaks, and why; null if it is intact. */
function breakOf(events: readonly SealedEvent[], id = ID) {
  const chain = followChain(id);
  for (const [i, event] of events.entries()) {
    const why = chain.next(event);
    if (why) return { seq: i + 1, why };
  }
  return null;
}

/** An event after retention: without its contents and the salt of its hash. */
function erased({ seq, at, type, previous, hash, content }: SealedEvent): SealedEvent {
  const left: object = { seq, at, type, previous, hash, ...(content && { content }), erased: true };
  return left as SealedEvent;
}

/** Events sealed in the first format. */
function sealedAtFirst(): SealedEvent[] {
  let previous = '';
  return history().map(({ salt: _s, content: _c, previous: _p, hash: _h, ...event }) => {
    const hash = createHash('sha256')
      .update(previous)
      .update('\n')
      .update(stringify(event) ?? '')
      .digest('hex');
    const sealed = { ...event, previous, hash } as SealedEvent;
    previous = hash;
    return sealed;
  });
}

describe('the record as evidence', () => {
  it.each([
    ['as it is sealed now', history],
    ['as it was sealed at first', sealedAtFirst],
  ])('is intact %s, even after a round trip through JSON and with its contents erased', (_, made) => {
    const events = made();
    expect(events).toHaveLength(4);
    expect(breakOf(events)).toBeNull();
    expect(breakOf(JSON.parse(JSON.stringify(events)) as SealedEvent[])).toBeNull();
    expect(breakOf(events.map((event) => erased(event)))).toBeNull();
    expect(breakOf(events.map((event, i) => (i === 2 ? erased(event) : event)))).toBeNull();
  });

  it.each([
    ['as it is sealed now', history],
    ['as it was sealed at first', sealedAtFirst],
  ])('reveals an edited, a dropped and a moved event %s', (_, made) => {
    const events = made();
    const edited = events.map((event) =>
      event.type === 'note_added' ? { ...event, data: { ...event.data, text: 'never called' } } : event,
    );
    expect(breakOf(edited)).toEqual({ seq: 3, why: 'event 3 was changed' });
    const [first, second, third, fourth] = events;
    if (!first || !second || !third || !fourth) throw new Error('four events');
    expect(breakOf([first, second, fourth])).toMatchObject({ seq: 3 });
    expect(breakOf([first, third, second, fourth])).toMatchObject({ seq: 2 });
  });

  it('reveals a time, a type and a number that were changed after the contents were erased', () => {
    const events = history().map(erased);
    const changed = (change: object) => events.map((event, i) => (i === 1 ? { ...event, ...change } : event));
    expect(breakOf(changed({ at: later(MONDAY, 1) }))).toMatchObject({ seq: 2 });
    expect(breakOf(changed({ type: 'voided' }))).toMatchObject({ seq: 2 });
    expect(breakOf(changed({ data: { text: 'put in again' } }))).toMatchObject({ seq: 2 });
  });

  it("belongs to its case: another one's whole history does not verify", () => {
    expect(breakOf(history('V0OTHER'))).toMatchObject({ seq: 1 });
  });

  it('reveals nothing once erased: the contents cannot be guessed from what is left', () => {
    const [one, other] = [history(), history()];
    expect(one.map(({ content }) => content)).not.toEqual(other.map(({ content }) => content));
  });
});
