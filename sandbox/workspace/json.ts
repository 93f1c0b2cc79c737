import type { JsonObject } from '../client-protocol';

/** True for a JSON object (not null, not a list). What comes over the wire is JSON by construction. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; empty for anything else. */
export const objects = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

export const str = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The text of a Block Kit text object ('' without one). */
export const textOf = (value: unknown): string => (isObject(value) ? (str(value.text) ?? '') : '');

/** A deep copy as plain JSON: drops `undefined`, so that it can be sent, logged and compared. */
export function plain(value: object): JsonObject {
  const copy: unknown = JSON.parse(JSON.stringify(value));
  return isObject(copy) ? copy : {};
}
