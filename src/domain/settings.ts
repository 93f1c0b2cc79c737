import { z } from 'zod';
import type { FieldFault } from './directory-rules';
import { EXCEPTION_CODES } from './exception-codes';
import { Policy } from './policy';

const Catalogue = z.record(
  z.string(),
  z.array(
    z.strictObject({
      code: z.string(),
      label: z.string(),
      exceptionCode: z.enum(EXCEPTION_CODES).exactOptional(),
      highRisk: z.boolean().exactOptional(),
      exclusive: z.boolean().exactOptional(),
      retired: z.boolean().exactOptional(),
    }),
  ),
);
/** The settings that exist once, with their schemas. */
export const SETTINGS = { policy: Policy, catalogue: Catalogue, texts: z.record(z.string(), z.string()) } as const;
export type SettingName = keyof typeof SETTINGS;

type Fields = Record<string, unknown>;

/**
 * A stored setting without the fields that this release does not know: a newer one wrote them, and one can go back from
 * it. Everything else stays as it is, whether it fits or not.
 */
export function withoutUnknown(what: SettingName, stored: unknown): unknown {
  const unknown = SETTINGS[what].safeParse(stored).error?.issues.filter(({ code }) => code === 'unrecognized_keys');
  if (!unknown?.length) return stored;
  const value = structuredClone(stored);
  for (const issue of unknown) {
    const within = issue.path.reduce<unknown>((inner, step) => (inner as Record<PropertyKey, unknown>)[step], value);
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) delete (within as Fields)[key];
  }
  return value;
}

/** What does not fit a setting's schema; `field` leads to the value, e.g. `process.3.label`. */
export function shapeFaults(what: SettingName, value: unknown): FieldFault[] {
  const read = SETTINGS[what].safeParse(value);
  if (read.success) return [];
  return read.error.issues.map(({ path, message }) => {
    const field = path.join('.');
    return { field, message: `${field || 'This'} does not fit this version of Warmline. ${message}.` };
  });
}
