import type { Button, KnownBlock, StaticSelect } from '@slack/types';
import { type Allowance, CLOCK_NAMES } from '../../domain/allowance';
import { pageWithin } from '../../domain/desk';
import { CASE_KINDS } from '../../domain/kinds';
import { AGED, DAYS, type Policy } from '../../domain/policy';
import { entriesOf, keptOf } from '../../domain/policy-entries';
import { clocksOf, KIND_KEYS, type PolicyItem, packItem, WHOLE_ITEMS } from '../../domain/policy-items';
import { durationText, keepingText, keptText, ladderText } from '../../domain/policy-text';
import { STEP_WORDS } from '../../domain/steps';
import { countOf } from '../../domain/wording';
import { type HomeWindowId, homeWindowId } from '../../slack/ids/home-window';
import { actions, button, header, literalSection, remark, section } from '../lines';
import { escapeWithin, truncate } from '../text';
import { pager } from './frame';
import { argMenu } from './menu';
import { AGED_LABELS, DAY_LABELS, GUEST_WORDS, itemName, KIND_NAMES, lineWords, SEVERITY_NAMES } from './policy-words';

/** The lists of the policy. */
export const POLICY_LISTS = ['clocks', 'ladders', 'calendars', 'rules'] as const;
export type PolicyList = (typeof POLICY_LISTS)[number];
const LIST_LABELS: Readonly<Record<PolicyList, string>> = {
  clocks: 'Clocks: how long people have',
  ladders: 'Ladders: who is told when it is late',
  calendars: 'Calendars: opening hours',
  rules: 'Time zone, quiet hours, digests, email, webhooks and more',
};

export interface PoliciesPage {
  readonly policy: Policy;
  readonly areas: readonly string[];
  readonly list: PolicyList;
  /** For the clocks: those of one kind, or all. */
  readonly kind: string | null;
  readonly page: number;
  readonly size: number;
}

/** The policy in force, list by list; each item has its window. */
export function policiesBlocks(shown: PoliciesPage): KnownBlock[] {
  const { list, kind, page: asked, size } = shown;
  const items = itemsOf(shown);
  const page = pageWithin(asked, items.length, size);
  const menus: StaticSelect[] = [
    argMenu(
      'show',
      'Part of the policy',
      POLICY_LISTS.map((value) => ({ value, label: LIST_LABELS[value] })),
      list,
    ),
    ...(list === 'clocks'
      ? [
          argMenu(
            'kind',
            'All kinds',
            [{ value: 'all', label: 'All kinds' }, ...KIND_KEYS.map((value) => ({ value, label: KIND_NAMES[value] }))],
            kind ?? 'all',
          ),
        ]
      : []),
  ];
  return [
    header('Policies'),
    actions(...menus),
    actions(
      opens('policy_simulate', 'Try it out', 'policy'),
      opens('policy_replay', 'Over the last 30 days', 'policy'),
      ...(list === 'clocks' ? [opens('policy_edit', 'Add a clock', NEW_CLOCK)] : []),
    ),
    remark(ABOUT[list]),
    ...(items.length
      ? items.slice(page * size, (page + 1) * size).map((item) => row(shown.policy, item))
      : [literalSection('The policy sets none here. Press Add a clock.')]),
    ...pager({ page, size, total: items.length }),
  ];
}
/** An item that is not chosen yet. */
export const NEW_CLOCK = 'new';

const ABOUT: Readonly<Record<PolicyList, string>> = {
  clocks:
    'The most specific clock applies: kind and severity, then the kind, then everything else. Critical and high cases run around the clock whatever is set here.',
  ladders: 'A clock with a ladder of its own does not use these.',
  calendars: 'Each in the time zone of its area. Clocks that count opening hours pause outside of them.',
  rules: 'What applies to all of Warmline.',
};

function itemsOf({ policy, areas, list, kind }: PoliciesPage): PolicyItem[] {
  if (list === 'clocks') return clocksOf(policy).flatMap(({ item }) => (kind && item.kind !== kind ? [] : [item]));
  if (list === 'ladders')
    return [...CLOCK_NAMES.filter((clock) => clock !== 'update'), 'default' as const].map((clock) => ({
      is: 'ladder',
      clock,
    }));
  if (list === 'calendars')
    return [...new Set(['default', ...areas, ...Object.keys(policy.calendars)])].map((area) => ({
      is: 'calendar',
      area,
    }));
  return WHOLE_ITEMS.map((is) => ({ is }));
}

const row = (policy: Policy, item: PolicyItem): KnownBlock =>
  section(
    `*${escapeWithin(itemName(item), 200)}*\n${truncate(standsWords(policy, item), 2500)}`,
    opens('policy_edit', 'Change', packItem(item)),
  );

/** The current value of an item, in a line or a few. */
function standsWords(policy: Policy, item: PolicyItem): string {
  switch (item.is) {
    case 'clock': {
      const allowance = policy.clocks[item.kind]?.[item.severity]?.[item.clock];
      return allowance
        ? `${allowanceWords(allowance)}${allowance.ladder ? `, own ladder of ${countOf(allowance.ladder.length, 'rung')}` : ''}`
        : 'none';
    }
    case 'ladder': {
      const own = policy.ladders[item.clock];
      if (!own) return '_Same as every other clock_';
      return ladderText(own.slice(0, 8)).split('\n').filter(Boolean).map(lineWords).join('  ·  ') || '_No one is told_';
    }
    case 'calendar': {
      if (!Object.hasOwn(policy.calendars, item.area)) return '_Same as every area without its own_';
      const entries = entriesOf(policy, item);
      const { days } = policy.calendars[item.area] ?? policy.calendars.default;
      const week = DAYS.map((day) => `${DAY_LABELS[day].slice(0, 3)} ${String(entries[day])}`);
      const own = Object.keys(days).length;
      return escapeWithin(
        [
          runs(week),
          entries.holidays ? `public holidays ${String(entries.holidays)}` : 'no public holidays',
          own && countOf(own, 'own day'),
        ]
          .filter(Boolean)
          .join('  ·  '),
        600,
      );
    }
    case 'time_zone':
      return `${escapeWithin(policy.time_zone, 60)}, for cases without an area and the admins' digest`;
    case 'quiet_hours': {
      const { bypass } = policy.quiet_hours;
      return bypass.length
        ? `Do not count for cases that are ${bypass.map((one) => SEVERITY_NAMES[one]).join(', ')}`
        : 'Count for every case';
    }
    case 'audit':
      return `Repairs what is more than ${durationText(policy.audit.grace)} late`;
    case 'digests':
      return `Daily at ${policy.digests.daily_at}, weekly on ${DAY_LABELS[policy.digests.weekly_on]}`;
    case 'guests':
      return `Workspace guests can do ${GUEST_WORDS[policy.guests.may].toLowerCase()}, unless an area or a role names them`;
    case 'emoji': {
      const { take, resolve, report } = policy.emoji;
      const name = (emoji: string) => (emoji ? `:${emoji}:` : 'no emoji');
      return `On a card, ${name(take)} acknowledges and ${name(resolve)} resolves; on any message, ${name(report)} starts a report`;
    }
    case 'numbers': {
      const { sp_account, sj } = policy.numbers;
      return escapeWithin(`SP accounts look like ${sp_account.example}, SJ numbers like ${sj.example}`, 200);
    }
    case 'webhooks':
      return escapeWithin(String(entriesOf(policy, item).webhooks).replaceAll('\n', '  ·  '), 1200) || 'None';
    case 'sent_to_manager':
      return policy.sent_to_manager.map(lineWords).join('  ·  ') || 'The Area Manager alone, by DM';
    case 'retention':
      return retentionWords(policy);
    case 'steps':
      return policy.steps.map((step) => STEP_WORDS[step]).join(', then ') || 'Nothing';
    case 'repeat_rules':
      return escapeWithin(String(entriesOf(policy, item).rules).replaceAll('\n', '  ·  '), 600) || 'None';
  }
}

/** "Closed cases: SP feedback 3 years, high-risk report 7 years  ·  Drafts of forms 1 day". */
function retentionWords(policy: Policy): string {
  const cases = CASE_KINDS.map(
    (kind) => `${KIND_NAMES[kind]} ${keptText(keptOf(policy, kind)).replaceAll(',', ' but')}`,
  );
  const others = AGED.map((aged) => `${AGED_LABELS[aged]} ${keepingText(policy.retention[aged])}`);
  return escapeWithin([`Closed cases: ${cases.join(', ')}`, ...others].join('  ·  '), 1200);
}

/** "Mon 08:00-18:00, Tue 08:00-18:00" with adjacent equal days combined. */
function runs(week: readonly string[]): string {
  const made: { first: string; last: string; hours: string }[] = [];
  for (const text of week) {
    const [day = '', hours = ''] = [text.slice(0, 3), text.slice(4)];
    const run = made.at(-1);
    if (run?.hours === hours) run.last = day;
    else made.push({ first: day, last: day, hours });
  }
  return made.map(({ first, last, hours }) => `${first === last ? first : `${first}–${last}`} ${hours}`).join(', ');
}

export const allowanceWords = ({ minutes, time }: Pick<Allowance, 'minutes' | 'time'>): string =>
  `${durationText(minutes)} ${time === 'always' ? 'around the clock' : 'of opening hours'}`;

export const opens = (window: HomeWindowId, label: string, value: string): Button =>
  button(homeWindowId(window), label, value);
