import { mailSettings } from './email/config';
import { webhookSettings } from './webhook/config';

/** The environment variables of a target. */
export interface Settings<Value> {
  /** The fixed names of its variables. */
  readonly names: readonly string[];
  read(given: Given): { readonly value: Value } & Found;
}
interface Found {
  /** The variable, what is wrong and what to do, one sentence each. None repeats a value. */
  readonly faults: readonly string[];
  /** What the log must never show. */
  readonly secrets: readonly string[];
  /** The names of targets that are not set up. */
  readonly off: readonly string[];
}
/** The variables that are set. */
export type Given = Readonly<Record<string, string | undefined>>;

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
