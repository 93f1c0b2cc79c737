import type { KnownBlock, ModalView } from '@slack/types';
import { DateTime } from 'luxon';
import { CASE_KINDS } from '../../../domain/kinds';
import type { CaseKind } from '../../../domain/kinds/code';
import { SEVERITIES, type Severity } from '../../../domain/severity';
import { type Simulated, type Step, sameStep } from '../../../domain/simulator';
import { isChannel } from '../../../domain/targets';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { field, remark, section } from '../../lines';
import { dateToken, mrkdwn, placeWords, userMention } from '../../text';
import { CLOCK_LABELS, KIND_NAMES, SEVERITY_NAMES } from '../policy-words';
import { choiceElement, choices, homeWindow } from './parts';

/** The question: a case of this kind, filed on this day at this time in its area. */
export interface Asked {
  readonly kind: CaseKind;
  readonly severity: Severity;
  /** Empty: no area. */
  readonly area: string;
  /** `YYYY-MM-DD` and `HH:MM`, in the area's zone. */
  readonly date: string;
  readonly time: string;
}
export interface Shown {
  readonly at: Date;
  readonly timeZone: string;
  readonly inForce: Simulated;
  /** The edited policy; null if nothing is being edited. */
  readonly edited: Simulated | null;
}

const NO_AREA = '-';
/** With more areas, the window would exceed Slack's limit. */
const MOST_AREAS = 500;
const MOST_STEPS = 60;
/** Slack's limit is 2,000 characters for a column, 3,000 for a section. */
const MOST_IN_A_COLUMN = 1900;
const MOST_NAMES = 4;
const CHANGED = ':small_orange_diamond: ';

/** Whom an unanswered case reaches, when and how. */
export function policySimulateWindow(
  memory: WindowMemory,
  asked: Asked,
  areas: readonly string[],
  shown: Shown | null,
): ModalView {
  const offered = [...new Set([...(asked.area ? [asked.area] : []), ...areas.slice(0, MOST_AREAS)])];
  const places = [{ value: NO_AREA, label: 'No area' }, ...offered.map((value) => ({ value, label: value }))];
  return homeWindow(
    'policy_simulate',
    { title: 'Try the policy out', submit: 'Show who is told', close: memory.edit ? 'Back' : 'Close', memory },
    [
      ...(shown ? [...answerBlocks(shown), { type: 'divider' as const }] : []),
      field('kind', 'Kind of case', choices(CASE_KINDS, KIND_NAMES, asked.kind, 'Which kind')),
      field('severity', 'Severity', choices(SEVERITIES, SEVERITY_NAMES, asked.severity, 'Which severity')),
      field('area', 'Area', choiceElement(places, asked.area || NO_AREA, 'Which area')),
      field('date', 'Filed on', { type: 'datepicker', initial_date: asked.date }),
      field('time', 'At', { type: 'timepicker', initial_time: asked.time }, { hint: 'In the time zone of the area.' }),
    ],
  );
}
export const areaChosen = (value: string): string => (value === NO_AREA ? '' : value);

function answerBlocks({ at, timeZone, inForce, edited }: Shown): KnownBlock[] {
  const line = (answer: Simulated, other: Simulated | null) =>
    answer.timeline.steps.slice(0, MOST_STEPS).map((step) => {
      const isOther = other !== null && !other.timeline.steps.some((one) => sameStep(one, step));
      return `${isOther ? CHANGED : ''}${stepLine(step, timeZone)}`;
    });
  const filed: KnownBlock = section(
    `*Filed* ${dateToken(at)} (${local(at, timeZone)} in the area). No one answers it:`,
  );
  if (!edited)
    return [
      filed,
      ...columns([{ label: '', lines: [head(inForce, timeZone), ...line(inForce, null)] }]),
      stops(inForce),
    ];
  const isSame =
    inForce.timeline.steps.length === edited.timeline.steps.length &&
    edited.timeline.steps.every((step) => inForce.timeline.steps.some((one) => sameStep(one, step)));
  return [
    filed,
    remark(isSame ? 'The change makes no difference to this case.' : `${CHANGED}marks what differs.`),
    ...columns([
      { label: 'In force', lines: [head(inForce, timeZone), ...line(inForce, edited)] },
      { label: 'With the change', lines: [head(edited, timeZone), ...line(edited, inForce)] },
    ]),
    stops(edited),
  ];
}

function head({ channels, timeline: { clock, steps } }: Simulated, timeZone: string): string {
  const posted = channels
    ? `Posted in ${[...new Set(channels)].slice(0, 4).map(placeWords).join(', ')}.`
    : 'No one is set up to receive it.';
  if (!clock) return `${posted} The policy sets no clock: no one is reminded.`;
  const due = `${CLOCK_LABELS[clock.name]} by ${local(clock.dueAt, timeZone)}.`;
  const more = steps.length > MOST_STEPS ? ` The first ${MOST_STEPS} of ${steps.length} reminders:` : '';
  return `${posted} ${due}${steps.length ? more : ' No one is reminded of it.'}`;
}

function stepLine({ at, to, told }: Step, timeZone: string): string {
  const now = told.dms.filter((dm) => dm.at <= at);
  const later = told.dms.filter((dm) => dm.at > at);
  const role = ROLES[to] ? ` (${ROLES[to]})` : '';
  const ways = [
    ...(told.line === null
      ? []
      : [told.line.length ? `in the thread, to ${names(told.line)}` : 'a line in the thread']),
    ...(now.length ? [`DM to ${names(now.map((dm) => dm.to))}${role}`] : []),
    ...later
      .slice(0, 2)
      .map((dm) => `DM to ${userMention(dm.to)}${role} when their quiet hours end, ${local(dm.at, timeZone)}`),
    ...told.places.map(
      (lane) => `${ROLES[to] ? `for ${ROLES[to]} ` : ''}${isChannel(lane) ? 'in ' : ''}${placeWords(lane)}`,
    ),
  ];
  return `*${local(at, timeZone, 'ccc h:mm a')}* (${dateToken(at, '{date_short_pretty} {time}')}) ${ways.join(', ') || 'no one'}`;
}
const ROLES: Readonly<Record<string, string>> = {
  owner: 'owner',
  deputy: 'deputy',
  manager: 'manager',
  leadership: 'leadership',
};
const names = (people: readonly string[]) =>
  people.slice(0, MOST_NAMES).map(userMention).join(', ') +
  (people.length > MOST_NAMES ? ` and ${people.length - MOST_NAMES} more` : '');

function stops({ timeline: { stoppedBy } }: Simulated): KnownBlock {
  const text = stoppedBy.length
    ? `It stops as soon as someone ${[stoppedBy.slice(0, -1).join(', '), stoppedBy.at(-1)].filter(Boolean).join(' or ')}.`
    : 'There is nothing to stop.';
  return remark(text);
}

/** "Fri, Nov 6, 5:50 PM" in the area's zone. */
const local = (at: Date, timeZone: string, format = 'ccc, LLL d, h:mm a'): string =>
  DateTime.fromJSDate(at, { zone: timeZone }).setLocale('en').toFormat(format);

/** Lists next to each other, in as few sections as Slack's limits allow; each begins with its label. */
function columns(lists: readonly { readonly label: string; readonly lines: readonly string[] }[]): KnownBlock[] {
  const pieces = lists.map(({ label, lines }) => chunks(label && `*${label}*`, lines));
  const [only = []] = pieces;
  if (pieces.length === 1) return only.map((text) => section(text));
  const rows = Math.max(...pieces.map(({ length }) => length));
  return Array.from({ length: rows }, (_, i) => ({
    type: 'section',
    fields: pieces.map((texts) => mrkdwn(texts[i] ?? EMPTY)),
  }));
}
/** Slack refuses empty text. */
const EMPTY = '\u200b';

function chunks(label: string, lines: readonly string[]): string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length < MOST_IN_A_COLUMN)
      texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push([label, line].filter(Boolean).join('\n'));
  }
  return texts;
}
