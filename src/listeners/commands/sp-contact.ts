import { spContactModal } from '../../blocks/contacts/sp-contact';
import type { ListenerDeps } from '../deps';
import type { CommandArgs } from '../handlers';
import { understoodInTime } from '../typed-form';

/** `/sp-contact [SJ]` opens the window that records an attempt to contact the SP. */
export async function spContact(deps: ListenerDeps, { ack, command, client }: CommandArgs) {
  await ack();
  const typed = await understoodInTime(deps, command.text);
  // A word that is not an SJ number is refused next to its field, and stays there to be corrected.
  const { account: sp = '', sj = /^\S{1,40}$/.test(typed.text) && !typed.account ? typed.text : '' } = typed;
  await client.views.open({ trigger_id: command.trigger_id, view: spContactModal({ sp, sj }, undefined) });
}
