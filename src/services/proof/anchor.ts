import { createHash, randomUUID } from 'node:crypto';
import { CLOCKS_DIFFER_MS } from '../../domain/clocks';
import { laneOf } from '../../domain/targets/webhook';
import { anchorHash, anchorLine } from '../../proof/verify.cjs';
import type { ServiceDeps } from '../deps';
import type { Anchor } from '../ports/proof';

const HOUR_MS = 60 * 60_000;
/** One a day; the machine that makes it may be a little early or late. */
const EVERY_MS = 23 * HOUR_MS;
/** What is dated this long before the last anchor may have been stored after it: clocks differ, writes take time. */
const OVERLAP_MS = HOUR_MS;

type AnchorDeps = Pick<ServiceDeps, 'anchors' | 'records' | 'letters' | 'now'> & {
  readonly directory: Pick<ServiceDeps['directory'], 'policy'>;
};

/**
 * Once a day, anchors the heads of all cases that changed: one hash over them and over the previous anchor, sent to the
 * channel and the webhooks in the policy, so that someone with access to the database cannot rewrite its history
 * unnoticed (domain section 10). Returns how many cases it holds; 0 if none is due. May run on any number of instances:
 * one of them wins.
 */
export async function anchorCases({ anchors, records, letters, directory, now }: AnchorDeps): Promise<number> {
  const at = now();
  // One made by a clock that was ahead says nothing about time: what changed since the last right one is in this one.
  const last = await anchors.newest(new Date(+at + CLOCKS_DIFFER_MS));
  if (last && +at - +last.at < EVERY_MS) return 0;
  const before = await anchors.newest();
  const attempt = randomUUID();
  for await (const heads of records.heads(new Date(last ? +last.at - OVERLAP_MS : 0)))
    await anchors.keep(attempt, heads);
  const digest = createHash('sha256');
  let cases = 0;
  for await (const heads of anchors.heads(attempt))
    for (const { caseId, seq, hash } of heads) {
      digest.update(anchorLine(caseId, seq, hash));
      cases++;
    }
  const made = {
    number: (before?.number ?? 0) + 1,
    at,
    previous: before?.hash ?? '',
    digest: digest.digest('hex'),
  };
  const anchor: Anchor = { ...made, hash: anchorHash(made), cases };
  if (!(await anchors.add(attempt, anchor))) return 0;
  const { channels, webhooks } = await directory.policy();
  const { number, hash, previous } = anchor;
  const content = { type: 'anchor' as const, number, hash, cases, previous, madeAt: at };
  if (channels.proof) await letters.put({ id: `anchor:${number}`, to: channels.proof, about: null, content, at });
  for (const { name } of webhooks.filter((one) => one.anchors))
    await letters.put({ id: `anchor:${number}:${name}`, to: laneOf(name), about: null, content, at });
  return cases;
}
