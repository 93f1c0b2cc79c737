interface Asker<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}
type Run<Item, Result> = (items: readonly Item[]) => Promise<readonly (Result | Error)[]>;

const itemsOf = <Item>(askers: readonly { readonly item: Item }[]) => askers.map(({ item }) => item);

function answer<Item, Result>(askers: readonly Asker<Item, Result>[], results: readonly (Result | Error)[]): void {
  for (const [i, { resolve, reject }] of askers.entries()) {
    const result = results[i];
    if (result instanceof Error) reject(result);
    else resolve(result as Result);
  }
}
const refuse = <Item, Result>(askers: readonly Asker<Item, Result>[], error: unknown) => {
  for (const { reject } of askers) reject(error);
};

/**
 * Lets callers that arrive during a round trip share the next one: a burst costs a few round trips, and a single caller
 * does not wait. `run` gets the items in order and returns one result for each; an `Error` among the results rejects
 * only its caller, a rejection of `run` all of them. `abreast`: how many round trips at a time, of `most` items each.
 */
export function inBatches<Item, Result>(
  run: Run<Item, Result>,
  { most = 200, abreast = 1 }: { readonly most?: number; readonly abreast?: number } = {},
): (item: Item) => Promise<Result> {
  const waiting: Asker<Item, Result>[] = [];
  let busy = 0;

  const serve = async () => {
    busy += 1;
    while (waiting.length) {
      const askers = waiting.splice(0, most);
      try {
        answer(askers, await run(itemsOf(askers)));
      } catch (error) {
        refuse(askers, error);
      }
    }
    busy -= 1;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (busy < abreast) void serve();
    });
}

/** Callers in the same turn of the event loop, usually with one cause, share a round trip; no one else waits. */
export function inTurns<Item, Result>(run: Run<Item, Result>, most = 100): (item: Item) => Promise<Result> {
  const waiting: Asker<Item, Result>[] = [];
  const serve = () => {
    while (waiting.length) {
      const askers = waiting.splice(0, most);
      run(itemsOf(askers)).then(
        (results) => answer(askers, results),
        (error: unknown) => refuse(askers, error),
      );
    }
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length === 1) setImmediate(serve);
    });
}
