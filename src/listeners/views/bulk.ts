import type { ViewSubmitAction } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { bulkConfirmWindow, bulkReportText, bulkReportWindow, bulkWorkingWindow } from '../../blocks/home/windows/bulk';
import { entered } from '../../domain/move';
import { bulkContext, moveAll } from '../../services/bulk';
import { ackBudget } from '../../services/deadline';
import { bulkGroup, bulkOfChoose, readPlan } from '../../slack/ids/desk';
import { readChosenCases } from '../../slack/read-bulk';
import { blankTexts, readDialogValues } from '../../slack/read-dialog';
import type { ListenerDeps } from '../deps';
import type { SubmitArgs } from '../handlers';
import { unlessLimited } from '../open-form';
import { tellPrivately, withFaults } from '../tell';

/** Cases were chosen: the window says what will happen, in numbers, or stays with what is wrong. */
export async function bulkChosen(deps: ListenerDeps, { ack, body, view }: SubmitArgs) {
  const move = bulkOfChoose(view.callback_id);
  if (!move) throw new Error(`No window answers to ${view.callback_id}.`);
  const refs = readChosenCases(view.state.values);
  if (!refs.length)
    return ack({ response_action: 'errors', errors: { [firstGroup(view)]: 'Choose at least one case.' } });
  const context = await ackBudget()
    .within(bulkContext(deps, [], body.user.id))
    .catch((error: unknown) => {
      deps.log.error({ err: error, view: view.id }, 'a choice of cases could not be read');
      return null;
    });
  if (!context) return ack({ response_action: 'errors', errors: { [firstGroup(view)]: NOT_READ } });
  const values = readDialogValues(view.state.values);
  const blank = blankTexts(view.blocks as KnownBlock[], values);
  if (blank.length) return ack(withFaults(blank));
  const read = entered(move, values, context);
  if ('faults' in read) return ack(withFaults(read.faults));
  return ack({ response_action: 'update', view: bulkConfirmWindow({ refs, move: read.move }) });
}

const NOT_READ = 'This could not be read right now. What you chose is still here: press the button again in a moment.';

const firstGroup = ({ blocks }: ViewSubmitAction['view']): string =>
  blocks.find(({ block_id }) => block_id?.startsWith('cases:'))?.block_id ?? bulkGroup(0);

/** The confirmation was pressed: each case is moved by itself, and the window shows what succeeded and what did not. */
export async function bulkConfirmed(deps: ListenerDeps, { ack, body, view, client }: SubmitArgs) {
  const plan = readPlan(view.private_metadata);
  await ack({ response_action: 'update', view: bulkWorkingWindow(plan) });
  const by = body.user.id;
  const results = await moveAll(deps, { refs: plan.refs, move: plan.move, by, key: `bulk:${view.id}` });
  const shown = await unlessLimited(client.views.update({ view_id: view.id, view: bulkReportWindow(plan, results) }));
  if (shown === 'drawn') return;
  const refused = results.filter(({ reason }) => reason !== null).map(({ ref, reason }) => `${ref}: ${reason}`);
  await tellPrivately(
    { client, user: by, channel: null },
    [bulkReportText(plan.move.type, results), ...refused].join('\n'),
  );
}
