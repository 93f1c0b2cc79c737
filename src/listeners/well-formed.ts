import { z } from 'zod';
import type { ListenerDeps } from './deps';
import type { AnyArgs } from './handlers';

const Id = z.string().nullish();
const Of = z.looseObject({ id: Id }).nullish();
/** The ids that listeners look things up by. Each kind of request has some of them. */
const Ids = z.looseObject({
  user: Of,
  channel: Of,
  team: Of,
  user_id: Id,
  channel_id: Id,
  team_id: Id,
  event: z
    .looseObject({
      user: Id,
      channel: Id,
      ts: Id,
      event_ts: Id,
      old_channel_id: Id,
      new_channel_id: Id,
      item: z.looseObject({ channel: Id, ts: Id }).nullish(),
    })
    .nullish(),
});

/**
 * Lets in only requests whose ids are texts. Slack sends no others; one that came would be taken as a condition by the
 * database, or would be a queue that nothing can be sent in.
 */
export async function onlyWellFormed({ log }: ListenerDeps, args: AnyArgs): Promise<void> {
  const fault = Ids.safeParse(args.body).error?.issues[0];
  if (!fault) return args.next();
  log.warn({ at: fault.path.join('.') }, 'a request with malformed ids was dropped');
  if ('ack' in args && args.ack) await (args.ack as () => Promise<void>)();
}
