import type { Actor } from '../actor';
import { accessLog } from './access-log';
import { otherCase } from './case';
import { directory } from './directory';
import { email } from './email';
import { slackChannel } from './slack-channel';
import { slackPerson } from './slack-person';
import type { Lane, Named, RungNaming, TargetRules } from './target';
import { userGroup } from './user-group';
import { type Webhook, webhook } from './webhook';

export { isChannel } from './slack-channel';
export { isPerson } from './slack-person';
export {
  isSlackId,
  type Lane,
  type Named,
  type Names,
  type Resolved,
  slackLane,
  storedLane,
} from './target';
export { isGroup } from './user-group';

/** Every target, one per line: the rules here, how it sends in `delivery/targets/`. */
// biome-ignore format: one a line
export const TARGETS: readonly TargetRules[] = [
  slackChannel,
  slackPerson,
  userGroup,
  email,
  webhook,
  directory,
  otherCase,
  accessLog,
];

/** A lane's target; null if this version knows none. */
export const targetOf = (lane: Lane): TargetRules | null => TARGETS.find(({ address }) => address?.is(lane)) ?? null;

/** Whether a lane's messages are not for people. */
export const isMachine = (lane: Lane): boolean => targetOf(lane)?.isMachine ?? false;

/** How a lane is shown. */
export const namedLane = (lane: Lane): Named => targetOf(lane)?.address?.named(lane) ?? lane;

/** In a sentence, in the forms that Slack shows as names; literal text goes through `literal` first. */
export function namedWords(named: Named, literal = (text: string) => text): string {
  if (typeof named === 'string') return literal(named);
  if ('channel' in named) return `<#${named.channel}>`;
  if ('group' in named) return `<!subteam^${named.group}>`;
  return named.by ? `<@${named.user}> ${named.by}` : `<@${named.user}>`;
}

const RUNGS: readonly RungNaming[] = TARGETS.flatMap(({ rung }) => rung ?? []);

/** The target that a stored rung names; null if it names someone by their relation to the case. */
export const rungOf = (to: string): RungNaming | null => RUNGS.find((rung) => rung.is(to)) ?? null;

/** The target that someone typed. */
export const typedRung = (given: string): RungNaming | null => RUNGS.find((rung) => rung.isTyped(given)) ?? null;

/** The places that these names mean for a case with this owner. Names of people mean none. */
export const placesOf = (names: readonly string[], owner: Actor | null): readonly Lane[] =>
  names.flatMap((to) => {
    const reaches = rungOf(to)?.reaches(to, { onDuty: owner === null ? [] : [owner], groups: new Map() });
    return reaches && 'lanes' in reaches ? reaches.lanes : [];
  });
export const namesPlace = (to: string): boolean => placesOf([to], 'U0').length > 0;

/** What to say about targets of these rungs that are not set up, by their names in `off`, each once. */
export const unsetAmong = (rungs: readonly string[], off: readonly string[]): readonly string[] =>
  TARGETS.flatMap(({ name, rung, unset }) =>
    unset !== null && off.includes(name) && rungs.some((to) => rung?.is(to)) ? unset : [],
  );

/** What to say about a webhook that cannot be used, with the code of its fault. */
export const webhookUnset = ({ name }: Webhook, fault: string): string =>
  `Nothing can be posted to the webhook ${name}. ${targetFault(fault) ?? fault}`;

/** How rungs name targets: "channel:ID", "user:ID" … */
export const RUNG_USAGE: readonly string[] = RUNGS.flatMap(({ usage }) => usage);

/** How people type the targets of a rung: "#channel", "@user-group" … */
export const RUNG_HINTS: readonly string[] = RUNGS.flatMap(({ hint }) => hint);

/** How to fix a failure, if its target knows. */
export const targetFault = (fault: string): string | null =>
  TARGETS.map(({ faults }) => (Object.hasOwn(faults, fault) ? faults[fault] : undefined)).find(Boolean) ?? null;
