import { areaHomeWindow, areaRemoveHomeWindow } from './area';
import { configEventHomeWindow } from './config-event';
import { dismissFailedHomeWindow, redirectFailedHomeWindow } from './failed';
import { importHomeWindow } from './import';
import { optionHomeWindow, optionRetireHomeWindow } from './option';
import { policyChannelHomeWindow } from './policy-channel';
import { policyEditHomeWindow } from './policy-edit';
import { policyKeepHomeWindow } from './policy-keep';
import { policyReplayHomeWindow } from './policy-replay';
import { policyReviewHomeWindow } from './policy-review';
import { policySimulateHomeWindow } from './policy-simulate';
import { providerHomeWindow } from './provider';
import { roleHomeWindow } from './role';
import { routeCaseHomeWindow } from './route-case';
import { setUpEndHomeWindow } from './set-up-end';
import { spHoldHomeWindow } from './sp-hold';
import { textHomeWindow, textResetHomeWindow } from './text';
import type { HomeWindow } from './window';

/** Every window that Home opens to change the configuration. */
const WINDOWS: readonly HomeWindow[] = [
  areaHomeWindow,
  areaRemoveHomeWindow,
  providerHomeWindow,
  spHoldHomeWindow,
  optionHomeWindow,
  optionRetireHomeWindow,
  textHomeWindow,
  textResetHomeWindow,
  importHomeWindow,
  roleHomeWindow,
  policyChannelHomeWindow,
  policyKeepHomeWindow,
  setUpEndHomeWindow,
  policyEditHomeWindow,
  policyReviewHomeWindow,
  policySimulateHomeWindow,
  policyReplayHomeWindow,
  configEventHomeWindow,
  routeCaseHomeWindow,
  redirectFailedHomeWindow,
  dismissFailedHomeWindow,
];

export const windowOf = (id: string): HomeWindow | undefined => WINDOWS.find((window) => window.id === id);
