import { mailSettings } from './email/config';
import { webhookSettings } from './webhook/config';

/** What a target reads of the environment for itself. */
export interface Settings<Value> {
  /** The variables that it knows by name. */
  readonly names: readonly string[];
  read(given: Given): { readonly value: Value } & Found;
}
interface Found {
  /** The variable, what is wrong and what to do, a sentence each. None repeats a value. */
  readonly faults: readonly string[];
  /** What the log never shows. */
  readonly secrets: readonly string[];
  /** The names of targets to which nothing can be sent like this. */
  readonly off: readonly string[];
}
/** The variables that are set. */
export type Given = Readonly<Record<string, string | undefined>>;

/** The targets with settings of their own, one a line, by what `Config` and `TargetContext` call them. */
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

/** The settings of every target, or every fault of them at once. */
export function readTargetSettings(given: Given): { readonly settings: TargetSettings } & Found {
  const read = NAMES.map((name) => [name, SETTINGS[name].read(given)] as const);
  return {
    settings: Object.fromEntries(read.map(([name, { value }]) => [name, value])) as TargetSettings,
    faults: read.flatMap(([, { faults }]) => faults),
    secrets: read.flatMap(([, { secrets }]) => secrets),
    off: read.flatMap(([, { off }]) => off),
  };
}

/** The settings alone, of what holds more. */
export const targetSettings = (config: TargetSettings): TargetSettings =>
  Object.fromEntries(NAMES.map((name) => [name, config[name]])) as TargetSettings;
