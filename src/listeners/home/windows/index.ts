import { areaHomeWindow, areaRemoveHomeWindow } from './area';
import { configEventHomeWindow } from './config-event';
import { policyChannelHomeWindow } from './policy-channel';
import { policyKeepHomeWindow } from './policy-keep';
import { roleHomeWindow } from './role';
import type { HomeWindow } from './window';

/** Every window that Home opens to change the configuration. */
const WINDOWS: readonly HomeWindow[] = [
  areaHomeWindow,
  areaRemoveHomeWindow,
  roleHomeWindow,
  policyChannelHomeWindow,
  policyKeepHomeWindow,
  configEventHomeWindow,
];

export const windowOf = (id: string): HomeWindow | undefined => WINDOWS.find((window) => window.id === id);
