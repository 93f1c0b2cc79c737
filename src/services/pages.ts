/** How many rows of a page are worked on in parallel. */
const ABREAST = 10;

/** A list in pages of this size: `page` reads the one after a row, or the first one. */
export async function* pages<Row>(
  size: number,
  page: (last: Row | null) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  let rows: readonly Row[] = [];
  do {
    rows = await page(rows.at(-1) ?? null);
    yield rows;
  } while (rows.length === size);
}

/** Does something with every row of a page, several at a time; one that fails does not stop the others. */
export async function workedOff<Row, Result>(
  rows: readonly Row[],
  work: (row: Row) => Promise<Result>,
): Promise<{ readonly row: Row; readonly result: PromiseSettledResult<Result> }[]> {
  const done: { row: Row; result: PromiseSettledResult<Result> }[] = [];
  for (let i = 0; i < rows.length; i += ABREAST) {
    const working = rows.slice(i, i + ABREAST).map(async (row) => {
      const [result] = await Promise.allSettled([work(row)]);
      return { row, result };
    });
    done.push(...(await Promise.all(working)));
  }
  return done;
}
