import { TARGETS, targetOf } from '../../domain/targets';
import { accessLogTarget } from './access-log';
import { caseTarget } from './case';
import type { TargetContext } from './context';
import { directoryTarget } from './directory';
import { emailTarget } from './email';
import { slackChannelTarget } from './slack-channel';
import { slackPersonTarget } from './slack-person';
import { RefusedError, type Target, type TargetFor } from './target';
import { webhookTarget } from './webhook';

/** How each target of `domain/targets` sends, one per line. */
const SENDS: Readonly<Record<string, (context: TargetContext) => Target>> = {
  'slack-channel': slackChannelTarget,
  'slack-person': slackPersonTarget,
  email: emailTarget,
  webhook: webhookTarget,
  directory: directoryTarget,
  case: caseTarget,
  'access-log': accessLogTarget,
};

/** Creates every target. Throws if a target has addresses and nothing here sends to them. */
export function createTargets(context: TargetContext): TargetFor {
  const made = new Map(Object.entries(SENDS).map(([name, make]) => [name, make(context)]));
  for (const { name, address } of TARGETS)
    if (address && !made.has(name)) throw new Error(`Nothing sends to the addresses of the target ${name}.`);
  return (lane) => made.get(targetOf(lane)?.name ?? '') ?? UNKNOWN;
}

/** A lane of a target that this version does not know, as after a downgrade: kept as failed. */
const UNKNOWN: Target = {
  draw: async () => {
    throw new RefusedError('no_such_target');
  },
  bars: async () => null,
  failureOf: (error) =>
    error instanceof RefusedError
      ? { is: 'refused', fault: error.message }
      : { is: 'unknown', fault: String(error).slice(0, 200) },
  patience: { waits: { firstMs: 0, longestMs: 0 }, forMs: null },
  intervalMs: 0,
  serviceOf: (lane) => lane,
};
