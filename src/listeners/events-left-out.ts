import { z } from 'zod';
import { dateToken } from '../blocks/text';
import { putAlarmLetters } from '../services/audit-cases';
import { peopleOf } from '../services/standing';
import type { ListenerDeps } from './deps';

const LeftOut = z.looseObject({
  type: z.literal('app_rate_limited'),
  minute_rate_limited: z.number().int().positive().catch(0),
});

/** Reads Slack's notice that it dropped events because there were too many; null for anything else. */
export function readLeftOut(body: unknown): { readonly minute: number } | null {
  const { data } = LeftOut.safeParse(body);
  return data ? { minute: data.minute_rate_limited } : null;
}

/** Slack never sends dropped events later. Admins hear once which minute is affected, even if Slack repeats the notice. */
export async function tellLeftOut(deps: ListenerDeps, { minute }: { readonly minute: number }): Promise<void> {
  const at = deps.now();
  const since = new Date(minute * 1000 || +at);
  deps.log.error({ since }, 'Slack had too many events and dropped some: replies from that minute may be missing');
  const { admins } = await peopleOf(deps, await deps.directory.policy());
  const about = `Slack had too many events for Warmline and dropped some in the minute from ${dateToken(since)}: replies under cards in that minute may be missing from their cases. Remove Warmline from busy channels where it posts no cards.`;
  await putAlarmLetters(deps, admins, { id: `events_left_out:${minute}`, about, at });
}
