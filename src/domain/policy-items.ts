import { type Allowance, CLOCK_NAMES, type ClockName } from './allowance';
import { CASE_KINDS } from './kinds';
import type { Policy } from './policy';
import { SEVERITIES } from './severity';

/** Items that a policy has once. */
export const WHOLE_ITEMS = [
  'time_zone',
  'quiet_hours',
  'digests',
  'repeat_rules',
  'steps',
  'audit',
  'guests',
  'emoji',
  'numbers',
  'sent_to_manager',
  'webhooks',
  'retention',
] as const;

/** One item of the policy, edited at a time. `kind`, `severity`: `default` means all that have none of their own. */
export type PolicyItem =
  | { readonly is: 'clock'; readonly kind: KindKey; readonly severity: SeverityKey; readonly clock: ClockName }
  | { readonly is: 'ladder'; readonly clock: ClockName | 'default' }
  | { readonly is: 'calendar'; readonly area: string }
  | { readonly is: (typeof WHOLE_ITEMS)[number] };
export const KIND_KEYS = [...CASE_KINDS, 'default'] as const;
export type KindKey = (typeof KIND_KEYS)[number];
export const SEVERITY_KEYS = [...SEVERITIES, 'default'] as const;
export type SeverityKey = (typeof SEVERITY_KEYS)[number];

/** An item as a short text, and back; null for anything else. */
export function packItem(item: PolicyItem): string {
  if (item.is === 'clock') return `clock:${item.kind}:${item.severity}:${item.clock}`;
  if (item.is === 'ladder') return `ladder:${item.clock}`;
  return item.is === 'calendar' ? `calendar:${item.area}` : item.is;
}
export function readItem(text: string): PolicyItem | null {
  const [is = '', ...rest] = text.split(':');
  if (is === 'calendar') return rest.length ? { is, area: rest.join(':') } : null;
  if (is === 'ladder') {
    const clock = [...CLOCK_NAMES, 'default' as const].find((known) => known === rest[0]);
    return clock ? { is, clock } : null;
  }
  if (is === 'clock') {
    const kind = KIND_KEYS.find((known) => known === rest[0]);
    const severity = SEVERITY_KEYS.find((known) => known === rest[1]);
    const clock = CLOCK_NAMES.find((known) => known === rest[2]);
    return kind && severity && clock ? { is, kind, severity, clock } : null;
  }
  const whole = WHOLE_ITEMS.find((known) => known === is);
  return whole ? { is: whole } : null;
}

/** Its path in the policy. */
export function pathOf(item: PolicyItem): readonly string[] {
  if (item.is === 'clock') return ['clocks', item.kind, item.severity, item.clock];
  if (item.is === 'ladder') return ['ladders', item.clock];
  return item.is === 'calendar' ? ['calendars', item.area] : [item.is];
}

/** Every clock that the policy sets, kind by kind, the most severe first. */
export const clocksOf = (policy: Policy): { item: PolicyItem & { is: 'clock' }; allowance: Allowance }[] =>
  KIND_KEYS.flatMap((kind) =>
    SEVERITY_KEYS.flatMap((severity) =>
      CLOCK_NAMES.flatMap((clock) => {
        const allowance = policy.clocks[kind]?.[severity]?.[clock];
        return allowance ? [{ item: { is: 'clock' as const, kind, severity, clock }, allowance }] : [];
      }),
    ),
  );

/** Whom an item names, as rungs and places are stored; null: the whole policy. */
export function namedIn(policy: Policy, item: PolicyItem | null): readonly string[] {
  const of = (rungs: readonly { readonly to: string }[] | undefined) => (rungs ?? []).map(({ to }) => to);
  switch (item?.is) {
    case undefined:
      return [
        ...clocksOf(policy).flatMap(({ allowance }) => of(allowance.ladder)),
        ...Object.values(policy.ladders).flatMap(of),
        ...policy.sent_to_manager,
      ];
    case 'clock':
      return of(policy.clocks[item.kind]?.[item.severity]?.[item.clock]?.ladder);
    case 'ladder':
      return of(policy.ladders[item.clock]);
    case 'sent_to_manager':
      return policy.sent_to_manager;
    default:
      return [];
  }
}
