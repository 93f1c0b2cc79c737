import type { Json, JsonObject } from '../client-protocol';
import type { Core } from './core';
import type { Sent } from './deliveries';
import {
  clientErrors,
  dispatches,
  isEmpty,
  type Placed,
  placedElements,
  stateKey,
  stateOf,
  valuesFor,
} from './elements';
import { Refusal, SlackError } from './errors';
import { isObject, objects, str } from './json';
import type { Message, StoredView, ViewValues } from './model';
import { type Container, DONE, isChannelContainer, type Outcome, type Person } from './person';
import { ownFile } from './person-talks';
import { fileObject, messageObject } from './shapes';
import { inputBlockIds } from './view-board';

/** What a person does with shortcuts, buttons, selects and modals. */

const TROUBLE = 'We had some trouble connecting. Try again?';

/** Runs a global shortcut, or a message shortcut on `at`. Resolves when acknowledged. */
export async function runShortcut(
  person: Person,
  callbackId: string,
  at?: { channel: string; ts: string },
): Promise<Outcome> {
  const { core } = person;
  const type = at ? 'message' : 'global';
  const known = core.manifest.features?.shortcuts?.find(
    (entry) => entry.callback_id === callbackId && entry.type === type,
  );
  if (!known || !core.scopes.has('commands'))
    throw new Refusal('unknown_shortcut', `The app's manifest has no ${type} shortcut ${callbackId}.`);
  const common = {
    ...person.common,
    callback_id: callbackId,
    trigger_id: core.triggers.mint(person.id),
    action_ts: core.ts.next(),
  };
  const sent = await person.interact(
    known.name,
    at ? { type: 'message_action', ...common, ...aboutMessage(person, at) } : { type: 'shortcut', ...common },
  );
  return person.outcome(sent, (error) => `${known.name} failed with the error "${error}"`);
}

function aboutMessage(person: Person, at: { channel: string; ts: string }): JsonObject {
  const { channel, message } = person.message(at.channel, at.ts);
  return {
    message_ts: message.ts,
    message: messageObject(person.core, message),
    channel: person.channelField(channel),
    response_url: person.responseUrl(channel, message),
  };
}

/** A place with interactive blocks and what the app is told of it. */
interface Place {
  readonly blocks: JsonObject[];
  readonly viewId: string | null;
  readonly values: ViewValues;
  readonly fields: () => JsonObject;
}

function placeOf(person: Person, container: Container): Place {
  const { core } = person;
  if (!isChannelContainer(container)) {
    const view = person.view(container.viewId);
    const fields = (): JsonObject => ({ container: { type: 'view', view_id: view.id }, view: core.views.output(view) });
    return { blocks: objects(view.payload.blocks), viewId: view.id, values: view.values, fields };
  }
  const { channel, message } = person.message(container.channel, container.ts);
  const blocks = [
    ...(message.blocks ?? []),
    ...(message.attachments ?? []).flatMap(({ blocks: inner }) => objects(inner)),
  ];
  return {
    blocks,
    viewId: null,
    values: valuesFor(blocks),
    fields: () => ({
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: channel.id,
        is_ephemeral: message.ephemeralFor !== undefined,
        ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
      },
      channel: person.channelField(channel),
      message: shownMessage(core, message),
      response_url: person.responseUrl(channel, message),
    }),
  };
}

const shownMessage = (core: Core, message: Message): JsonObject =>
  message.ephemeralFor === undefined
    ? messageObject(core, message)
    : { type: 'message', ts: message.ts, user: message.user, text: message.text };

function elementAt({ blocks }: Place, blockId: string, actionId: string): Placed {
  const placed = placedElements(blocks).find((one) => one.blockId === blockId && one.actionId === actionId);
  if (!placed) throw new Refusal('element_not_found', 'That button or field is not there any more.');
  return placed;
}

/** Presses a button or picks in a select of a message or view; `value` is what Slack's action carries beside ids. */
export async function act(
  person: Person,
  container: Container,
  blockId: string,
  actionId: string,
  value: JsonObject = {},
): Promise<Outcome> {
  const place = placeOf(person, container);
  const placed = elementAt(place, blockId, actionId);
  const { element } = placed;
  const key = stateKey(element);
  if (place.viewId !== null && key !== undefined) keep(person, person.view(place.viewId), placed, value);
  const action: JsonObject = {
    type: element.type ?? '',
    action_id: actionId,
    block_id: blockId,
    ...(element.type === 'button'
      ? { text: element.text ?? null, ...(element.value === undefined ? {} : { value: element.value }) }
      : {}),
    ...value,
    action_ts: person.core.ts.next(),
  };
  const state = key === undefined ? undefined : stateOf(element, value[key]);
  const picked = state ? { [blockId]: { ...place.values[blockId], [actionId]: state } } : {};
  const sent = await person.interact(actionId, {
    type: 'block_actions',
    ...person.common,
    ...place.fields(),
    ...(place.viewId === null ? { state: { values: { ...place.values, ...picked } } } : {}),
    trigger_id: person.core.triggers.mint(person.id, place.viewId),
    actions: [action],
  });
  return person.outcome(sent, (error) =>
    error === 'operation_timeout' ? 'This app took too long to respond. Try again?' : TROUBLE,
  );
}

/** Fills one input; tells the app at once when the block asks for it, unless `dispatch` is false (still typing). */
export async function fillInput(
  person: Person,
  viewId: string,
  blockId: string,
  actionId: string,
  value: JsonObject,
  dispatch = true,
): Promise<Outcome> {
  const view = person.view(viewId);
  const placed = elementAt(placeOf(person, { viewId }), blockId, actionId);
  if (dispatch && dispatches(placed)) return act(person, { viewId }, blockId, actionId, valueOnly(value));
  keep(person, view, placed, value);
  return DONE;
}

const valueOnly = ({ type: _type, ...value }: JsonObject): JsonObject => value;

function keep(person: Person, view: StoredView, { blockId, actionId, element }: Placed, value: JsonObject): void {
  const given = value[stateKey(element) ?? 'value'] ?? null;
  const state = stateOf(
    element,
    element.type === 'file_input' ? handedOver(person, given) : given === '' ? null : given,
  );
  if (state) person.core.views.setValue(view, blockId, actionId, state);
}

/** Own files named by id become the app's to read. */
const handedOver = (person: Person, files: Json): JsonObject[] =>
  objects(files).map(({ id }) => {
    const file = ownFile(person, str(id) ?? '');
    file.givenToApp = true;
    return fileObject(person.core, file);
  });

/** Asks the app for the options of an external select. */
export async function suggest(
  person: Person,
  container: Container,
  blockId: string,
  actionId: string,
  query: string,
): Promise<{ options?: JsonObject[]; optionGroups?: JsonObject[] }> {
  const place = placeOf(person, container);
  const { element } = elementAt(place, blockId, actionId);
  const least = typeof element.min_query_length === 'number' ? element.min_query_length : 3;
  if (query.length < least) return { options: [] };
  const { message: _message, response_url: _url, ...fields } = place.fields();
  const payload = {
    type: 'block_suggestion',
    ...person.common,
    ...fields,
    block_id: blockId,
    action_id: actionId,
    value: query,
  };
  const sent = await person.interact(`${actionId} (options)`, payload);
  if (!sent.ok) throw new Refusal(sent.error, 'The options could not be loaded.');
  return sent.body.option_groups === undefined
    ? { options: objects(sent.body.options) }
    : { optionGroups: objects(sent.body.option_groups) };
}

/** How a submission ended. Errors are by block id. */
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

/** Slack takes errors for input blocks of this very view only. */
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

/** Closes a modal, or the whole stack; the app hears of it when it asked to. Resolves when it acknowledged. */
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
