import { mailSettings } from './email/config';
import type { Found, Given, Settings } from './variables';
import { webhookSettings } from './webhook/config';

/** The targets with settings, one per line, by their names in `Config` and `TargetContext`. */
const SETTINGS = {
  mail: mailSettings,
  webhooks: webhookSettings,
};
type Registry = typeof SETTINGS;
export type TargetSettings = {
  readonly [Name in keyof Registry]: Registry[Name] extends Settings<infer Value> ? Value : never;
};

const NAMES = Object.keys(SETTINGS) as (keyof Registry)[];

/** The variables of all targets, by name. */
export const TARGET_SETTING_NAMES: readonly string[] = NAMES.flatMap((name) => SETTINGS[name].names);

/** The settings of every target, or all their faults. */
export function readTargetSettings(given: Given): { readonly settings: TargetSettings } & Found {
  const read = NAMES.map((name) => [name, SETTINGS[name].read(given)] as const);
  return {
    settings: Object.fromEntries(read.map(([name, { value }]) => [name, value])) as TargetSettings,
    faults: read.flatMap(([, { faults }]) => faults),
    secrets: read.flatMap(([, { secrets }]) => secrets),
    off: read.flatMap(([, { off }]) => off),
  };
}

/** Only the target settings of a larger object. */
export const targetSettings = (config: TargetSettings): TargetSettings =>
  Object.fromEntries(NAMES.map((name) => [name, config[name]])) as TargetSettings;
