import { inBatches } from '../../src/db/batch';

/** A round trip that the test completes. */
function roundTrips() {
  const trips: { items: readonly number[]; answer: (results: readonly (number | Error)[]) => void }[] = [];
  const ask = inBatches<number, number>((items) => new Promise((answer) => trips.push({ items, answer })), {
    most: 3,
  });
  return { trips, ask };
}

describe('a caller during a round trip', () => {
  it('shares the next one, with its own answer or error', async () => {
    const { trips, ask } = roundTrips();
    const alone = ask(1);
    const together = Promise.allSettled([ask(2), ask(3)]);
    expect(trips.map(({ items }) => items)).toEqual([[1]]);
    trips[0]?.answer([10]);
    expect(await alone).toBe(10);
    expect(trips.map(({ items }) => items)).toEqual([[1], [2, 3]]);
    trips[1]?.answer([20, new Error('3 is refused')]);
    expect(await together).toEqual([
      { status: 'fulfilled', value: 20 },
      { status: 'rejected', reason: new Error('3 is refused') },
    ]);
  });

  it('waits for one that is not full', async () => {
    const { trips, ask } = roundTrips();
    const all = Promise.all([1, 2, 3, 4, 5].map(ask));
    trips[0]?.answer([1]);
    await Promise.resolve();
    for (let turn = 0; trips.length < 2 && turn < 10; turn += 1) await Promise.resolve();
    trips[1]?.answer([2, 3, 4]);
    for (let turn = 0; trips.length < 3 && turn < 10; turn += 1) await Promise.resolve();
    trips[2]?.answer([5]);
    expect(await all).toEqual([1, 2, 3, 4, 5]);
    expect(trips.map(({ items }) => items)).toEqual([[1], [2, 3, 4], [5]]);
  });

  it('gets the error of a round trip that failed as a whole, and the next one is made all the same', async () => {
    let asked = 0;
    const ask = inBatches<number, number>(async (items) => {
      asked += 1;
      if (asked === 1) throw new Error('the store is out of reach');
      return items;
    });
    await expect(ask(1)).rejects.toThrow('out of reach');
    expect(await ask(2)).toBe(2);
  });
});
