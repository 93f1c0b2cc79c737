import type { AnyMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { isForEverybody, mayUse, notForYou } from '../domain/commands';
import { STORE_PATIENCE_MS, within } from '../services/deadline';
import { personOf } from '../services/standing';
import type { ListenerDeps } from './deps';
import type { AnyArgs } from './handlers';

/** Lets a command through to its listener only for people who may use it; others are told by an ephemeral message. */
export async function onlyForThoseWhoMay(deps: ListenerDeps, args: AnyArgs): Promise<void> {
  const { next } = args;
  if (!isTyped(args)) return next();
  const { ack, command } = args;
  if (isForEverybody(command.command)) return next();
  const person = await within(STORE_PATIENCE_MS, personOf(deps, command.user_id, [])).catch(async (error: unknown) => {
    await ack();
    throw error;
  });
  if (mayUse(command.command, person)) return next();
  await ack({ response_type: 'ephemeral', text: notForYou(command.command) });
}

const isTyped = (args: AnyMiddlewareArgs): args is SlackCommandMiddlewareArgs =>
  'command' in args && args.command !== undefined;
