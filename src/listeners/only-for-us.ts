import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { outsiderWindow } from '../blocks/outsider';
import { COMPANY_UNKNOWN, notForOutsiders } from '../domain/outsider';
import { UnknownCompanyError } from '../slack/companies';
import type { ListenerDeps } from './deps';
import type { AnyArgs } from './handlers';
import { outsiderOf } from './outsider-of';

const Id = z.string().min(1).nullish().catch(null);
/** Who asks for something, and how they can be answered, for every payload that a person causes. */
const Asked = z.object({
  type: z.string().nullish().catch(null),
  command: z.string().nullish().catch(null),
  user: z.object({ id: z.string(), team_id: Id, name: Id, username: Id }).nullish().catch(null),
  user_id: Id,
  user_name: Id,
  team_id: Id,
  trigger_id: Id,
  response_url: Id,
  view: z.object({ type: Id }).nullish().catch(null),
});
type Asked = z.infer<typeof Asked>;

/**
 * Lets in only people Warmline is for: people of another company, and guests who may do nothing, cannot open, store or
 * look up anything, and are told so in the one way that reaches them. Their messages have their own listener.
 */
export async function onlyForUs(deps: ListenerDeps, args: AnyArgs): Promise<void> {
  const { body, context, next } = args;
  const asked = 'event' in body ? null : Asked.safeParse(body).data;
  const writer = asked && writerOf(asked);
  if (!writer) return next();
  const { teamId, enterpriseId } = context;
  const outsider = await outsiderOf(deps, writer, { teamId, enterpriseId }).catch((error: unknown) => {
    if (error instanceof UnknownCompanyError) return 'unknown' as const;
    // Without the store no one is served: the listeners that follow say so in their own words.
    deps.log.warn({ err: error, user: writer.user }, 'whether someone is a guest who takes part could not be read');
    return null;
  });
  if (!outsider) return next();
  if (outsider === 'unknown') {
    deps.log.warn(
      { user: writer.user },
      'someone was asked to try again: Slack does not say which company they belong to',
    );
    return refuse(deps, args, asked, { words: COMPANY_UNKNOWN, title: 'Try again', over: 'push' });
  }
  deps.log.info(
    { user: writer.user, team: outsider.company?.id ?? null },
    'someone whom Warmline is not for was told so',
  );
  const team = (await deps.companies.ours())?.name ?? null;
  await refuse(deps, args, asked, { words: notForOutsiders(outsider, team), title: 'Not for you', over: 'update' });
}

function writerOf({ user, user_id: typedBy, user_name: typedName, team_id: typedIn, command }: Asked) {
  if (command) return typedBy ? { user: typedBy, team: typedIn ?? null, name: typedName ?? null } : null;
  return user ? { user: user.id, team: user.team_id ?? null, name: user.name ?? user.username ?? null } : null;
}

type Ack = (answer?: object) => Promise<void>;

interface Refusal {
  readonly words: string;
  readonly title: string;
  /** A submitted window is replaced, or stays under this one with what was typed. */
  readonly over: 'update' | 'push';
}

async function refuse(deps: ListenerDeps, args: AnyArgs, asked: Asked, refusal: Refusal): Promise<void> {
  const { words, title, over } = refusal;
  const ack = ('ack' in args && args.ack ? args.ack : async () => undefined) as Ack;
  if (asked.command) return ack({ response_type: 'ephemeral', text: words });
  switch (asked.type) {
    case 'view_submission':
      return ack({ response_action: over, view: outsiderWindow(words, title) });
    case 'block_suggestion':
      return ack({ options: [] });
    case 'view_closed':
      return ack();
    default:
      await ack();
      await told(deps, args.client, asked, refusal);
  }
}

/** A window reaches people of another company; an ephemeral message does not. */
async function told(
  { clients, log }: ListenerDeps,
  { views }: webApi.WebClient,
  { view, trigger_id: trigger, response_url: url }: Asked,
  { words, title }: Refusal,
): Promise<void> {
  const opening = { trigger_id: trigger ?? '', view: outsiderWindow(words, title) };
  const isInWindow = view && view.type !== 'home';
  try {
    await (isInWindow ? views.push(opening) : views.open(opening));
  } catch (error) {
    log.info({ err: error }, 'no window opens to say whom Warmline is for');
    if (!url) return;
    await clients
      .answerAt(url, words)
      .catch((failure: unknown) => log.warn({ err: failure }, 'it could not be said next to what they pressed either'));
  }
}
