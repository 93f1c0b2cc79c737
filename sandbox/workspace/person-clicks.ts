import type { Json, JsonObject } from '../client-protocol';
import type { Core } from './core';
import { dispatches, type Placed, placedElements, stateKey, stateOf, valuesFor } from './elements';
import { Refusal } from './errors';
import { objects, str } from './json';
import type { Message } from './message-log';
import type { StoredView, ViewValues } from './model';
import { type Container, DONE, isChannelContainer, type Outcome, type Person } from './person';
import { ownFile } from './person-talks';
import { fileObject, messageObject } from './shapes';

/** What a person does with shortcuts, buttons, selects and fields. */

export const TROUBLE = 'We had some trouble connecting. Try again?';

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

/** A place with interactive blocks, as the app is told about it. */
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

/** Presses a button or picks in a select of a message or view; `value` is what Slack's action has besides ids. */
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

/** Fills one input; tells the app at once if the block asks for it, unless `dispatch` is false (still typing). */
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

/** Stores the current content of a field. */
export function keep(
  person: Person,
  view: StoredView,
  { blockId, actionId, element }: Placed,
  value: JsonObject,
): void {
  const given = value[stateKey(element) ?? 'value'] ?? null;
  const state = stateOf(
    element,
    element.type === 'file_input' ? handedOver(person, given) : given === '' ? null : given,
  );
  if (state) person.core.views.setValue(view, blockId, actionId, state);
}

/** Lets the app read the person's own files named by id. */
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
