import { createHash } from 'node:crypto';
import stringify from 'safe-stable-stringify';
import { seal } from '../../src/db/seal';
import type { SealedEvent } from '../../src/domain/case';
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

/** Where a chain breaks, and why; null when it is whole. */
function breakOf(events: readonly SealedEvent[], id = ID) {
  const chain = followChain(id);
  for (const [i, event] of events.entries()) {
    const why = chain.next(event);
    if (why) return { seq: i + 1, why };
  }
  return null;
}

/** An event as retention leaves it: what was said is gone, and the salt of its hash. */
function erased({ seq, at, type, previous, hash, content }: SealedEvent): SealedEvent {
  const left: object = { seq, at, type, previous, hash, ...(content && { content }), erased: true };
  return left as SealedEvent;
}

/** Events as the first form of the chain sealed them. */
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
  ])('is whole %s, also after a round trip through JSON and with its content erased', (_, made) => {
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
  ])('finds an edited, a dropped and a moved event %s', (_, made) => {
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

  it('finds a moment, a kind of event and a number that were changed after the content was erased', () => {
    const events = history().map(erased);
    const changed = (change: object) => events.map((event, i) => (i === 1 ? { ...event, ...change } : event));
    expect(breakOf(changed({ at: later(MONDAY, 1) }))).toMatchObject({ seq: 2 });
    expect(breakOf(changed({ type: 'voided' }))).toMatchObject({ seq: 2 });
    expect(breakOf(changed({ data: { text: 'put in again' } }))).toMatchObject({ seq: 2 });
  });

  it('belongs to its case: the whole history of another one does not hold', () => {
    expect(breakOf(history('V0OTHER'))).toMatchObject({ seq: 1 });
  });

  it('gives nothing away once it is erased: what was said cannot be guessed from what is left', () => {
    const [one, other] = [history(), history()];
    expect(one.map(({ content }) => content)).not.toEqual(other.map(({ content }) => content));
  });
});
