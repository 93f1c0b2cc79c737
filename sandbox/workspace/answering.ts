import type { Json, JsonObject } from '../client-protocol';
import { optionsOf, stateKey } from './elements';
import { Refusal } from './errors';
import { str, textOf } from './json';
import type { Person } from './person';

/** What a test may give for a field: text, labels of options, yes or no, names of people, dates; null empties it. */
export type FillValue = string | number | boolean | Date | readonly string[] | null;

/** Turns what a person would say into this element's state (`{type, value …}`). Refuses options not offered. */
export function stateFor(
  person: Person,
  element: JsonObject,
  label: string,
  given: FillValue,
  offered = optionsOf(element),
): JsonObject {
  const type = str(element.type) ?? '';
  const key = stateKey(element);
  if (key === undefined) throw new Refusal('not_a_field', `"${label}" is not a field that can be filled.`);
  return { type, [key]: given === null ? null : chosen(person, type, key, label, given, offered) };
}

function chosen(
  person: Person,
  type: string,
  key: string,
  label: string,
  given: NonNullable<FillValue>,
  offered: readonly JsonObject[],
): Json {
  const many = (Array.isArray(given) ? given : [given]).map((one: unknown) =>
    one === true ? 'Yes' : one === false ? 'No' : String(one),
  );
  const one = many[0] ?? '';
  const { store } = person.core;
  const user = (name: string): string =>
    (store.user(name) ?? [...store.users.values()].find((known) => known.realName === name))?.id ??
    missing(
      label,
      name,
      [...store.users.values()].map(({ name: known }) => known),
    );
  const channel = (name: string): string =>
    store.channel(name)?.id ??
    missing(
      label,
      name,
      [...store.channels.values()].map(({ name: known }) => known),
    );
  switch (key) {
    case 'selected_option':
      return option(label, one, offered, isSearch(type));
    case 'selected_options':
      return many.map((text) => option(label, text, offered, isSearch(type)));
    case 'selected_user':
      return user(one);
    case 'selected_users':
      return many.map(user);
    case 'selected_channel':
    case 'selected_conversation':
      return channel(one);
    case 'selected_channels':
    case 'selected_conversations':
      return many.map(channel);
    case 'selected_date':
      return given instanceof Date ? given.toISOString().slice(0, 10) : one;
    case 'selected_date_time':
      return typeof given === 'number'
        ? given
        : Math.floor(new Date(given instanceof Date ? given : one).getTime() / 1000);
    case 'files':
      return many.map((id) => ({ id, name: store.files.get(id)?.name ?? '' }));
    case 'rich_text_value':
      return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: one }] }] };
    default:
      return type === 'timepicker' && given instanceof Date ? given.toISOString().slice(11, 16) : one;
  }
}

const isSearch = (type: string): boolean => type.includes('external');

/** The option with this label; in a search, also the only one with these words. */
function option(label: string, text: string, offered: readonly JsonObject[], search: boolean): JsonObject {
  const exact = offered.find((one) => textOf(one.text) === text);
  const holding = search ? offered.filter((one) => textOf(one.text).includes(text)) : [];
  return (
    exact ??
    (holding.length === 1 ? holding[0] : undefined) ??
    missing(
      label,
      text,
      offered.map((one) => textOf(one.text)),
    )
  );
}

function missing(label: string, asked: string, offered: readonly string[]): never {
  throw new Refusal(
    'option_not_found',
    `"${label}" does not offer "${asked}". It offers: ${offered.map((one) => `"${one}"`).join(', ') || 'nothing'}.`,
  );
}
