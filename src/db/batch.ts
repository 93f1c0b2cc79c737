/**
 * Lets a caller that asks while a round trip is under way share the next one: a burst costs a few round trips, and one that
 * is alone waits for no one. `run` gets what was asked, in order, and gives one result for each; a result that is an
 * `Error` rejects its asker alone, a rejection of `run` all of them.
 */
export function inBatches<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>,
  most = 200,
): (item: Item) => Promise<Result> {
  interface Asker {
    readonly item: Item;
    readonly resolve: (result: Result) => void;
    readonly reject: (error: unknown) => void;
  }
  const waiting: Asker[] = [];
  let busy = false;

  const serve = async () => {
    busy = true;
    while (waiting.length) {
      const askers = waiting.splice(0, most);
      try {
        const results = await run(askers.map(({ item }) => item));
        for (const [i, { resolve, reject }] of askers.entries()) {
          const result = results[i];
          if (result instanceof Error) reject(result);
          else resolve(result as Result);
        }
      } catch (error) {
        for (const { reject } of askers) reject(error);
      }
    }
    busy = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!busy) void serve();
    });
}
