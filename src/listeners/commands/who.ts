import { dutyBlocks } from '../../blocks/lookup/duty';
import { onDuty } from '../../services/on-duty';
import type { ListenerDeps } from '../deps';
import type { CommandArgs } from '../handlers';

/** `/who [area]`: who answers for an area now, in an ephemeral message. */
export async function who(deps: ListenerDeps, { ack, command, respond }: CommandArgs) {
  await ack();
  const blocks = dutyBlocks(command.text.trim(), await onDuty(deps, command.text));
  await respond({ response_type: 'ephemeral', text: 'Who is on duty now', blocks });
}
