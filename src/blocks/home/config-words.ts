import { catalogueKeyOf, LISTS } from '../../domain/catalogue-rules';
import {
  CONFIG_KINDS,
  type ConfigEvent,
  type ConfigKind,
  changesOf,
  type Difference,
  POLICY_KEPT,
  SET_UP_READ,
} from '../../domain/configuration';
import type { Option } from '../../domain/forms/form';
import type { Policy } from '../../domain/policy';
import type { SpHold } from '../../domain/sp-hold';
import { isPerson, rungOf } from '../../domain/targets';
import { textOf } from '../../domain/texts';
import { amount, capital } from '../../domain/wording';
import { channelMention, dateToken, escapeWithin, namedMark, truncate, userMention } from '../text';
import { policyChanges } from './policy-changes';
import { textLabel } from './text-label';

/** The roles, as admins read them. */
export const ROLE_LABELS: Readonly<Record<string, string>> = {
  admin: 'Admins',
  risk: 'Risk team',
  provider_advocate: 'Provider Advocates',
  leadership: 'Leadership',
  resolution_specialist: 'Resolution Specialists',
  agent: 'Agents',
};
/** The channels of the policy, as admins read them. */
export const CHANNEL_LABELS: Readonly<Record<keyof Policy['channels'], string>> = {
  fallback: 'Fallback',
  risk: 'Risk',
  leadership: 'Leadership',
  provider_advocate: 'Provider Advocate',
  admin_review: 'Admin review',
  recognition: 'Recognition',
  nudges: 'Nudges to leadership',
  transfers: 'Warm transfers',
  reports: 'Report over all areas',
  proof: 'Proof of records',
};
export const KIND_LABELS: Readonly<Record<ConfigKind, string>> = {
  area: 'Areas',
  provider: 'SPs',
  policy: 'Policy, channels, roles',
  catalogue: 'Answer options',
  texts: 'Closing texts',
  sp_hold: 'Legal holds on SPs',
};
export const configKindOf = (text: string | undefined): ConfigKind | null =>
  CONFIG_KINDS.find((kind) => kind === text) ?? null;

const FIELDS: Readonly<Record<string, string>> = {
  timeZone: 'time zone',
  channel: 'channel',
  areaManager: 'Area Manager',
  deputy: 'deputy',
  manager: 'manager of the Area Manager',
  fallbackChannel: 'fallback channel',
};
const CHANNEL_FIELDS: readonly string[] = ['channel', 'fallbackChannel'];
const PERSON_FIELDS: readonly string[] = ['areaManager', 'deputy', 'manager'];

/** Who changed something: a person, or a tool's name. */
export const whoWords = (by: string): string => (isPerson(by) ? userMention(by) : `_${escapeWithin(by, 60)}_`);

/** A member of a role: a person or a user group. */
export const memberWords = (member: string): string => namedMark(rungOf(member)?.named(member) ?? { user: member });

/** What an event is about. */
export function subjectWords({ what, key, tally }: Pick<ConfigEvent, 'what' | 'key' | 'tally'>): string {
  const name = escapeWithin(key, 100);
  if (tally) return `SPs of ${name}`;
  const words: Record<ConfigKind, string> = {
    area: `Area ${name}`,
    provider: `SP ${name}`,
    policy: 'Policy',
    catalogue: 'Answer options',
    texts: 'Closing texts',
    sp_hold: `Legal hold on SP ${name}`,
  };
  return words[what];
}

/** What happened, in one line; longer changes give the number of the rest. */
export function eventWords(event: ConfigEvent, most = 2): string {
  const subject = `*${subjectWords(event)}*`;
  if (most === 0) return subject;
  const { tally } = event;
  if (tally) {
    return `${subject}: imported, ${amount(tally.inserted)} added, ${amount(tally.updated)} changed, ${amount(tally.unchanged)} unchanged`;
  }
  if (event.id === POLICY_KEPT) return `${subject}: reviewed, and kept as it is`;
  if (event.id === SET_UP_READ) return '*Set-up*: finished';
  if (event.what === 'sp_hold') return `${subject}: ${holdWords(event)}`;
  if (event.after === null) return `${subject}: removed`;
  if (event.before === null && (event.what === 'area' || event.what === 'provider')) return `${subject}: added`;
  const changes = event.what === 'policy' ? policyWords(event) : wordsOf(event, changesOf(event));
  const lines = changes.slice(0, most);
  const more = changes.length - lines.length;
  return `${subject}: ${lines.join('; ') || 'saved, nothing changed'}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What happened to a legal hold, with the reason. */
function holdWords({ before, after }: ConfigEvent): string {
  const [was, is] = [before as SpHold | null, after as SpHold | null];
  const why = (reason: string) => `“${escapeWithin(reason, 300)}”`;
  if (!is)
    return was?.lifting ? `lifted, as ${userMention(was.lifting.by)} asked: ${why(was.lifting.reason)}` : 'lifted';
  if (!was) return `placed: ${why(is.reason)}`;
  if (is.lifting) return `someone asks to lift it: ${why(is.lifting.reason)}`;
  return 'the request to lift it was refused';
}

const wordsOf = ({ what }: ConfigEvent, changes: readonly Difference[]): string[] =>
  changes.map((change) => changeWords(what, change, 80));

/** Worded as in the policy's own windows. */
function policyWords(event: ConfigEvent): string[] {
  const known = policyChanges(event);
  if (!known) return wordsOf(event, changesOf(event));
  return [...known.items.map(({ short }) => short), ...wordsOf(event, known.rest)];
}

/** Every changed value of an event, one line each, or a few for a list. */
export function changedLines(event: ConfigEvent): string[] {
  const known = event.what === 'policy' ? policyChanges(event) : null;
  const lines = (changes: readonly Difference[]) =>
    changes.map(
      (change) => `*${capital(labelWords(event.what, change.path))}*: ${valuesWords(event.what, change, 1000)}`,
    );
  return known ? [...known.items.map((item) => item.lines.join('\n')), ...lines(known.rest)] : lines(changesOf(event));
}

/** Who changed what, and when, for someone whose own change is based on an older version. */
export const conflictWords = (events: readonly ConfigEvent[]): string =>
  truncate(
    events
      .slice(0, 5)
      .map((event) => `${whoWords(event.by)}, ${dateToken(event.at)}: ${eventWords(event, 4)}`)
      .join('\n'),
    2500,
  );

/** One changed value: "deputy @Priya → @Ben". */
const changeWords = (what: ConfigKind, change: Difference, max: number): string =>
  `${labelWords(what, change.path)} ${valuesWords(what, change, max)}`;

/** What a value was, and what it is: "@Priya → @Ben"; for a role, who was added and removed. */
export function valuesWords(what: ConfigKind, { path, before, after }: Difference, max: number): string {
  const [head, key = ''] = path;
  if (what === 'policy' && head === 'roles') {
    const [old, now] = [listOf(before), listOf(after)];
    const some = (list: readonly string[]) =>
      list.slice(0, 5).map(memberWords).join(', ') + (list.length > 5 ? ` and ${list.length - 5} more` : '');
    const added = now.filter((member) => !old.includes(member));
    const gone = old.filter((member) => !now.includes(member));
    const parts = [added.length && `added ${some(added)}`, gone.length && `removed ${some(gone)}`].filter(Boolean);
    return parts.join(', ') || 'reordered';
  }
  if (what === 'catalogue') return optionWords(optionsIn(before), optionsIn(after), max);
  const field = what === 'policy' && head === 'channels' ? 'channel' : key === '' ? (head ?? '') : '';
  return `${valueWords(field, before, max)} → ${valueWords(field, after, max)}`;
}

export function labelWords(what: ConfigKind, path: readonly string[]): string {
  const [head = '', key = ''] = path;
  if (what === 'policy' && head === 'roles') return ROLE_LABELS[key] ?? escapeWithin(key, 40);
  if (what === 'policy' && head === 'channels')
    return `${CHANNEL_LABELS[key as keyof Policy['channels']] ?? escapeWithin(key, 40)} channel`;
  const list = what === 'catalogue' ? catalogueKeyOf(head) : null;
  if (list) return LISTS[list].label;
  const text = what === 'texts' ? textOf(head) : undefined;
  if (text) return textLabel(text);
  if (path.length === 1 && what !== 'texts') return FIELDS[head] ?? escapeWithin(head.replaceAll('_', ' '), 60);
  return escapeWithin(path.map((step) => step.replaceAll('_', ' ')).join(' › '), 150);
}

function valueWords(field: string, value: unknown, max: number): string {
  if (value === null || value === undefined || value === '') return '_none_';
  if (CHANNEL_FIELDS.includes(field)) return channelMention(String(value));
  if (PERSON_FIELDS.includes(field)) return userMention(String(value));
  return escapeWithin(plain(value), max);
}

/** A readable value: lists with commas, records as "key value". */
function plain(value: unknown): string {
  if (Array.isArray(value)) return value.length ? value.map(plain).join(', ') : 'nothing';
  if (typeof value !== 'object' || value === null) return String(value);
  const record = value as Readonly<Record<string, unknown>>;
  if (typeof record.label === 'string') return record.retired ? `${record.label} (retired)` : record.label;
  return Object.entries(record)
    .map(([key, inner]) => `${key.replaceAll('_', ' ')} ${plain(inner)}`)
    .join(' ');
}

/** What happened to the options of a list, identified by their code. */
function optionWords(old: readonly Option[], now: readonly Option[], max: number): string {
  const before = new Map(old.map((option) => [option.code, option]));
  const name = (label: string) => `“${escapeWithin(label, max)}”`;
  const gone = old.filter(({ code }) => !now.some((option) => option.code === code));
  const words = now.flatMap(({ code, label, retired }) => {
    const was = before.get(code);
    if (!was) return [`added ${name(label)}`];
    return [
      ...(was.label === label ? [] : [`renamed ${name(was.label)} to ${name(label)}`]),
      ...(Boolean(was.retired) === Boolean(retired) ? [] : [`${retired ? 'retired' : 'brought back'} ${name(label)}`]),
    ];
  });
  const all = [...words, ...gone.map(({ label }) => `removed ${name(label)}`)];
  const more = all.length - MOST_OPTION_WORDS;
  return (all.slice(0, MOST_OPTION_WORDS).join(', ') || 'reordered') + (more > 0 ? ` and ${more} more` : '');
}
const MOST_OPTION_WORDS = 5;
const optionsIn = (value: unknown): readonly Option[] => (Array.isArray(value) ? (value as readonly Option[]) : []);

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
