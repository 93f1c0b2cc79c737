import type { webApi } from '@slack/bolt';
import { transferCall } from '../../blocks/transfers/call';
import { formOf } from '../../domain/forms';
import { CASE_KINDS, KINDS, kindThat } from '../../domain/kinds';
import { mayTakeCallers, type WarmTransfer } from '../../domain/transfer';
import { type Called, callSpecialists } from '../../services/call-specialists';
import { liveDrafts } from '../../services/drafts';
import { personOf } from '../../services/standing';
import { readFormMetadata } from '../../slack/ids/form';
import type { ListenerDeps } from '../deps';
import { type Drawing, drawnForm } from '../drawn-form';
import { keepBeside } from '../form-window';
import type { ActionArgs } from '../handlers';
import { unlessLimited } from '../open-form';
import { changeOrTell, tellPrivately } from '../tell';
import { settled } from './form-buttons';

/** Asks the Resolution Specialists on shift to take the caller (domain section 5). Pressing twice asks once. */
export async function pingSpecialists(deps: ListenerDeps, { body, client, at }: ActionArgs) {
  const opened = await settled(deps, body, at);
  if (!opened) return;
  const { view, window: read } = opened;
  const { form, answers, line } = read;
  const metadata = { ...read.metadata, transfer: view.id };
  const called = await callSpecialists(deps, deps.sendLetter, {
    id: view.id,
    agent: body.user.id,
    sp: String(answers[form.spQuestion] ?? ''),
    sj: String(answers[form.sjQuestion] ?? ''),
    askedAt: at,
    claimedBy: null,
    claimedAt: null,
  });
  const notice = called === 'called' ? {} : { notice: NOTICES[called] };
  const next = await drawnForm(deps, { form, answers, metadata, line, user: body.user.id, ...notice });
  await keepBeside(deps, read.keep(read.page, metadata));
  await unlessLimited(client.views.update({ view_id: view.id, view: next }));
}

const NOTICES: Record<Exclude<Called, 'called'>, string> = {
  no_place: 'There is no leadership channel to ask in. Leave a voicemail, and tell an admin.',
  unreachable: 'The leadership channel could not be reached. Press "Ping them" again, or leave a voicemail.',
  perhaps:
    'Slack does not say whether the specialists were asked. Warmline keeps trying. If no one claims the caller, leave a voicemail.',
};

/** The first specialist takes the caller, and everyone else sees who it is. */
export async function claimTransfer(deps: ListenerDeps, { action, body, client, at }: ActionArgs) {
  const { user } = body;
  const place = { client, user: user.id, channel: body.channel?.id ?? null };
  if (!mayTakeCallers(await personOf(deps, user.id)))
    return tellPrivately(place, 'Only a Resolution Specialist can take a caller.');

  const id = String(action.value ?? '');
  const filed = await deps.cases.byId(id);
  if (filed) return tellPrivately(place, `The agent has filed ${filed.ref} in the meantime: continue from its card.`);
  const transfer = await deps.transfers.claim(id, user.id, at);
  if (!transfer) return tellPrivately(place, 'This caller is no longer waiting.');
  if (transfer.claimedBy !== user.id)
    return tellPrivately(place, `<@${transfer.claimedBy}> is already taking this caller. Thank you anyway.`);
  // Whatever becomes of this message, the agent has a caller on the line.
  await tellAgent(deps, client, transfer);
  if (body.channel && body.message)
    await changeOrTell(place, { channel: body.channel.id, ts: body.message.ts }, transferCall(transfer, []));
}

/** Shows the agent who takes the caller: in the form where they asked, else by DM. */
async function tellAgent(deps: ListenerDeps, client: webApi.WebClient, transfer: WarmTransfer): Promise<void> {
  const { id, agent, claimedBy } = transfer;
  const asked = await askedIn(deps, transfer);
  const shown = asked
    ? await unlessLimited(client.views.update({ view_id: id, view: await drawnForm(deps, { ...asked, user: agent }) }))
    : 'changed';
  if (shown === 'drawn') return;
  const kind = asked?.form.kind ?? kindThat((one) => one.transfer);
  const where = kind ? ` in \`${KINDS[kind].command}\`` : '';
  await client.chat.postMessage({
    channel: agent,
    text: `<@${claimedBy}> is taking your caller: put them through, and record it as "Connected"${where}.`,
  });
}

/** The draft whose window requested the transfer, or null once the agent has left it. */
async function askedIn(deps: ListenerDeps, { id, agent }: WarmTransfer): Promise<Omit<Drawing, 'user'> | null> {
  for (const kind of CASE_KINDS.filter((one) => KINDS[one].transfer)) {
    const form = formOf(kind);
    for (const draft of await liveDrafts(deps, agent, form)) {
      const metadata = readFormMetadata(draft.metadata);
      if (metadata?.transfer === id) return { form, answers: draft.answers, metadata };
    }
  }
  return null;
}
