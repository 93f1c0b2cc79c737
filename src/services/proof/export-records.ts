import { createHash } from 'node:crypto';
import { provable, type SealedEvent } from '../../domain/event';
import { RECORDS_FORMAT } from '../../proof/verify.cjs';
import type { ServiceDeps } from '../deps';

const PAGE = 100;

/**
 * All records as lines of JSON, in the format that `verify.cjs` reads: a head, each case with its whole history and its
 * anchors, the anchors, and a last line that counts and hashes all others. Reads in pages, so memory does not grow;
 * what is filed meanwhile may or may not be included. Returns how many cases there were.
 */
export async function exportRecords(
  { records, history, anchors, now }: Pick<ServiceDeps, 'records' | 'history' | 'anchors' | 'now'>,
  write: (line: string) => Promise<void>,
): Promise<number> {
  const all = createHash('sha256');
  const put = async (line: object) => {
    const text = JSON.stringify(line);
    all.update(`${text}\n`);
    await write(`${text}\n`);
  };
  await put({ format: RECORDS_FORMAT, made: now() });
  const counts = { cases: 0, anchors: 0 };
  const last = (await anchors.newest())?.number ?? 0;
  for (
    let page = await records.page(null, PAGE);
    page.length;
    page = await records.page(page.at(-1)?.id ?? null, PAGE)
  ) {
    const anchored = await anchors.of(page.map(({ id }) => id));
    for (const stored of page) {
      const events: SealedEvent[] = [];
      for await (const some of history.all(stored)) events.push(...some.map(provable));
      const held = (anchored.get(stored.id) ?? [])
        .filter(({ number }) => number <= last)
        .sort((a, b) => a.number - b.number)
        .map(({ number, seq, hash }) => [number, seq, hash]);
      await put({ id: stored.id, ref: stored.ref, events, anchored: held });
      counts.cases++;
    }
  }
  for await (const page of anchors.all())
    for (const { cases: _, ...anchor } of page.filter(({ number }) => number <= last)) {
      await put({ anchor });
      counts.anchors++;
    }
  await write(`${JSON.stringify({ end: { ...counts, digest: all.digest('hex') } })}\n`);
  return counts.cases;
}
