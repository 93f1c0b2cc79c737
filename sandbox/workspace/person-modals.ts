import type { JsonObject } from '../client-protocol';
import type { Core } from './core';
import type { Sent } from './deliveries';
import { clientErrors, isEmpty, placedElements } from './elements';
import { Refusal, SlackError } from './errors';
import { isObject, objects, str } from './json';
import type { StoredView, ViewValues } from './model';
import type { Person } from './person';
import { keep, TROUBLE } from './person-clicks';
import { inputBlockIds } from './view-board';

/** How a person ends a modal: submits or closes it. */

/** The result of a submission. Errors are by block id. */
export type Submitted =
  | { is: 'closed' | 'cleared' }
  | { is: 'errors'; errors: { [blockId: string]: string } }
  | { is: 'updated' | 'pushed'; view: StoredView }
  | { is: 'failed'; error: string; message: string };

/** Submits the top modal after the client's own checks. On any failure it stays open with everything typed. */
export async function submit(person: Person, viewId: string, values: ViewValues = {}): Promise<Submitted> {
  const { core } = person;
  const view = person.view(viewId);
  if (core.views.top(person.id) !== view)
    throw new Refusal('view_not_on_top', 'Another dialog is open above this one.');
  for (const placed of placedElements(objects(view.payload.blocks))) {
    const given = values[placed.blockId]?.[placed.actionId];
    if (given) keep(person, view, placed, given);
  }
  const missing = clientErrors(objects(view.payload.blocks), view.values);
  if (Object.keys(missing).length > 0) return withErrors(core, view, missing);
  const sent = await person.interact(str(view.payload.callback_id) || 'view_submission', {
    type: 'view_submission',
    ...person.common,
    trigger_id: core.triggers.mint(person.id, view.id),
    view: core.views.output(view),
    response_urls: responseUrls(person, view),
  });
  if (!sent.ok) return failed(person, sent.error);
  try {
    return answered(person, view, sent);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    core.traffic.note('ack', 'view_submission', `refused: ${error.message}`, sent.body);
    return failed(person, error.code);
  }
}

function answered(person: Person, view: StoredView, { body }: Extract<Sent, { ok: true }>): Submitted {
  const { views } = person.core;
  switch (body.response_action) {
    case undefined:
      views.pop(view);
      return { is: 'closed' };
    case 'clear':
      views.clear(person.id);
      return { is: 'cleared' };
    case 'errors':
      return withErrors(person.core, view, errorsOf(view, body.errors));
    case 'update':
      return { is: 'updated', view: views.update(view, body.view) };
    case 'push':
      return { is: 'pushed', view: views.push(person.id, body.view) };
    default:
      throw new SlackError('invalid_arguments', [`[ERROR] unknown response_action ${String(body.response_action)}`]);
  }
}

/** Slack accepts errors only for input blocks of this very view. */
function errorsOf(view: StoredView, raw: unknown): { [blockId: string]: string } {
  const inputs = inputBlockIds(view);
  const errors = Object.entries(isObject(raw) ? raw : {}).map(([block, text]): [string, string] => {
    if (!inputs.has(block))
      throw new SlackError('invalid_arguments', [`[ERROR] errors names ${block}, which is no input block of the view`]);
    return [block, String(text)];
  });
  if (errors.length === 0) throw new SlackError('invalid_arguments', ['[ERROR] errors must name an input block']);
  return Object.fromEntries(errors);
}

function withErrors(core: Core, view: StoredView, errors: { [blockId: string]: string }): Submitted {
  core.views.setErrors(view, errors);
  return { is: 'errors', errors };
}

function failed(person: Person, error: string): Submitted {
  person.toast(TROUBLE);
  return { is: 'failed', error, message: TROUBLE };
}

function responseUrls(person: Person, view: StoredView): JsonObject[] {
  return placedElements(objects(view.payload.blocks)).flatMap(({ element, blockId, actionId }) => {
    const state = view.values[blockId]?.[actionId];
    const channel = person.core.store.channels.get(str(state?.selected_conversation ?? state?.selected_channel) ?? '');
    if (element.response_url_enabled !== true || isEmpty(state) || !channel) return [];
    return [
      { block_id: blockId, action_id: actionId, channel_id: channel.id, response_url: person.responseUrl(channel) },
    ];
  });
}

/** Closes a modal, or the whole stack; the app is told if it asked for that. Resolves once it acknowledged. */
export async function closeModal(person: Person, viewId: string, all = false): Promise<void> {
  const { views } = person.core;
  const view = person.view(viewId);
  const cleared = all || view.payload.clear_on_close === true;
  const closing = cleared ? views.stack(person.id) : [view];
  const told = closing
    .filter((one) => one.payload.notify_on_close === true)
    .map((one) => ({ type: 'view_closed', ...person.common, view: views.output(one), is_cleared: cleared }));
  if (cleared) views.clear(person.id);
  else views.pop(view);
  await Promise.all(told.map((payload) => person.interact('view_closed', payload)));
}
