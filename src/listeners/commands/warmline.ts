import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { coverModal, NO_COVER } from '../../blocks/covers/modal';
import { helpBlocks, helpText } from '../../blocks/help';
import { coverBoard } from '../../services/covers';
import { personOf } from '../../services/standing';
import { openPreferences } from '../actions/preferences';
import { applyPolicyNow } from '../apply-policy';
import type { ListenerDeps } from '../deps';
import type { CommandArgs } from '../handlers';
import { openSearch } from '../open-search';

/** `rest`: what comes after the first word. */
type Subcommand = (
  deps: ListenerDeps,
  args: SlackCommandMiddlewareArgs & AllMiddlewareArgs,
  rest: string,
) => Promise<void>;

/** What there is and how this person can use it. */
const help: Subcommand = async (deps, { command, respond }) => {
  const blocks = helpBlocks(await personOf(deps, command.user_id));
  await respond({ response_type: 'ephemeral', text: helpText, blocks });
};

const search: Subcommand = (deps, { command, client }, text) =>
  openSearch(deps, { client, triggerId: command.trigger_id, user: command.user_id, text });

/** It may take longer than a `response_url` is valid. */
const applyPolicy: Subcommand = (deps, { command, client }) => {
  const { user_id: user, channel_id: channel, response_url: url } = command;
  return applyPolicyNow(deps, { client, user, channel, answer: deps.clients.answerAt.bind(null, url) });
};

const preferences: Subcommand = (deps, { command, client }) =>
  openPreferences(deps, { client, triggerId: command.trigger_id, user: command.user_id });

/** Who covers for this person, and for whom they cover. */
const cover: Subcommand = async (deps, { command, client, respond }) => {
  const board = await coverBoard(deps, command.user_id);
  if (board) await client.views.open({ trigger_id: command.trigger_id, view: coverModal(board) });
  else await respond({ response_type: 'ephemeral', text: NO_COVER });
};

const SUBCOMMANDS: ReadonlyMap<string, Subcommand> = new Map([
  ['apply-policy', applyPolicy],
  ['help', help],
  ['search', search],
  ['preferences', preferences],
  ['cover', cover],
]);

/** `/warmline [help | search … | preferences | cover]`; anything else shows the help. */
export async function warmline(deps: ListenerDeps, args: CommandArgs) {
  await args.ack();
  const [, first = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(args.command.text.trim()) ?? [];
  await (SUBCOMMANDS.get(first.toLowerCase()) ?? help)(deps, args, rest);
}
