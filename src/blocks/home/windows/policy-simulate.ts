import type { KnownBlock, ModalView } from '@slack/types';
import { DateTime } from 'luxon';
import type { CaseEvent } from '../../../domain/case';
import { CASE_KINDS, type CaseKind, SEVERITIES, type Severity } from '../../../domain/kinds';
import { type Step, sameStep, type Timeline } from '../../../domain/simulator';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { channelMention, dateToken, escapeWithin, mrkdwn, userMention } from '../../text';
import { CLOCK_LABELS, KIND_NAMES, SEVERITY_NAMES, targetWords } from '../policy-words';
import { choiceElement, field, homeWindow } from './parts';

/** What is asked: a case of this kind, filed on this day at this time of its area. */
export interface Asked {
  readonly kind: CaseKind;
  readonly severity: Severity;
  /** Empty: of no area. */
  readonly area: string;
  /** `YYYY-MM-DD` and `HH:MM`, in the area's zone. */
  readonly date: string;
  readonly time: string;
}
/** What one policy makes of it. */
export interface Answer {
  readonly channels: readonly string[] | null;
  readonly timeline: Timeline;
}
export interface Shown {
  readonly at: Date;
  readonly timeZone: string;
  readonly inForce: Answer;
  /** The policy as it would be; null when nothing is being edited. */
  readonly edited: Answer | null;
}

const NO_AREA = '-';
const MOST_STEPS = 60;
/** A column of Slack's takes 2,000 characters. */
const STEPS_A_COLUMN = 5;
const STEPS_A_SECTION = 8;
const MOST_NAMES = 4;
const CHANGED = ':small_orange_diamond: ';

/** Who is told of a case that nobody answers, when and how. */
export function policySimulateWindow(
  memory: WindowMemory,
  asked: Asked,
  areas: readonly string[],
  shown: Shown | null,
): ModalView {
  const places = [{ value: NO_AREA, label: 'No area' }, ...areas.map((value) => ({ value, label: value }))];
  return homeWindow({
    id: 'policy_simulate',
    title: 'Try the policy out',
    submit: 'Show who is told',
    close: memory.edit ? 'Back' : 'Close',
    memory,
    blocks: [
      field(
        { block: 'kind', label: 'Kind of case' },
        choiceElement(
          CASE_KINDS.map((value) => ({ value, label: KIND_NAMES[value] })),
          asked.kind,
          'Which kind',
        ),
      ),
      field(
        { block: 'severity', label: 'Severity' },
        choiceElement(
          SEVERITIES.map((value) => ({ value, label: SEVERITY_NAMES[value] })),
          asked.severity,
          'Which severity',
        ),
      ),
      field({ block: 'area', label: 'Area' }, choiceElement(places, asked.area || NO_AREA, 'Which area')),
      field({ block: 'date', label: 'Filed on' }, { type: 'datepicker', initial_date: asked.date }),
      field(
        { block: 'time', label: 'At', hint: 'In the time of the area.' },
        { type: 'timepicker', initial_time: asked.time },
      ),
      ...(shown ? [{ type: 'divider' as const }, ...answerBlocks(shown)] : []),
    ],
  });
}
export const areaChosen = (value: string): string => (value === NO_AREA ? '' : value);

function answerBlocks({ at, timeZone, inForce, edited }: Shown): KnownBlock[] {
  const line = (answer: Answer, other: Answer | null) =>
    answer.timeline.steps.slice(0, MOST_STEPS).map((step) => {
      const isOther = other !== null && !other.timeline.steps.some((one) => sameStep(one, step));
      return `${isOther ? CHANGED : ''}${stepLine(step, timeZone)}`;
    });
  const filed: KnownBlock = {
    type: 'section',
    text: mrkdwn(`*Filed* ${dateToken(at)} (${local(at, timeZone)} there). Nobody answers it:`),
  };
  if (!edited)
    return [filed, ...columns([[head(inForce, timeZone), ...line(inForce, null)]], STEPS_A_SECTION), stops(inForce)];
  const isSame =
    inForce.timeline.steps.length === edited.timeline.steps.length &&
    edited.timeline.steps.every((step) => inForce.timeline.steps.some((one) => sameStep(one, step)));
  return [
    filed,
    {
      type: 'context',
      elements: [mrkdwn(isSame ? 'The change makes no difference to this case.' : `${CHANGED}differs`)],
    },
    ...columns(
      [
        ['*In force*', head(inForce, timeZone), ...line(inForce, edited)],
        ['*With the change*', head(edited, timeZone), ...line(edited, inForce)],
      ],
      STEPS_A_COLUMN,
    ),
    stops(edited),
  ];
}

function head({ channels, timeline: { clock, steps } }: Answer, timeZone: string): string {
  const posted = channels
    ? `Posted in ${[...new Set(channels)].slice(0, 4).map(placeWords).join(', ')}.`
    : 'Nobody is set up to receive it.';
  if (!clock) return `${posted} The policy sets no clock: nobody is reminded.`;
  const due = `${CLOCK_LABELS[clock.name]} by ${local(clock.dueAt, timeZone)}.`;
  const more = steps.length > MOST_STEPS ? ` The first ${MOST_STEPS} of ${steps.length} reminders:` : '';
  return `${posted} ${due}${steps.length ? more : ' Nobody is reminded of it.'}`;
}
const placeWords = (id: string) => (/^[UW]/.test(id) ? userMention(id) : channelMention(id));

function stepLine({ at, to, told }: Step, timeZone: string): string {
  const ways = [
    ...(told.line === null ? [] : [told.line.length ? `thread: ${names(told.line)}` : 'a line in the thread']),
    ...dms(told.dms.filter((dm) => dm.at <= at)),
    ...held(
      told.dms.filter((dm) => dm.at > at),
      timeZone,
    ),
    ...(told.channel ? [`in ${channelMention(told.channel)}`] : []),
  ];
  return `*${local(at, timeZone)}* (${dateToken(at, '{time}')}) for ${targetWords(to)}: ${ways.join(', ') || 'nobody'}`;
}
type Dms = Step['told']['dms'];
const dms = (list: Dms) => (list.length ? [`DM to ${names(list.map(({ to }) => to))}`] : []);
const held = (list: Dms, timeZone: string) =>
  list
    .slice(0, 2)
    .map(({ to, at }) => `DM to ${userMention(to)} at the end of their quiet hours, ${local(at, timeZone)}`);
const names = (people: readonly string[]) =>
  people.slice(0, MOST_NAMES).map(userMention).join(', ') +
  (people.length > MOST_NAMES ? ` and ${people.length - MOST_NAMES} more` : '');

const STOPS: Partial<Record<CaseEvent['type'], string>> = {
  acknowledged: 'acknowledges it',
  reassigned: 'reassigns it',
  sent_to_manager: 'sends it to the Area Manager',
  returned: 'returns it to the agent',
  resolved: 'resolves it',
  merged: 'marks it a duplicate',
  voided: 'voids it',
};
function stops({ timeline: { clock, stoppedBy } }: Answer): KnownBlock {
  // Moves that a case in this state does not allow would only mislead.
  const skipped = clock?.name === 'review' ? ['acknowledged'] : ['sent_to_manager', 'returned'];
  const words = stoppedBy.flatMap((type) => (skipped.includes(type) ? [] : (STOPS[type] ?? [])));
  const text = words.length
    ? `It stops as soon as somebody ${words.slice(0, -1).join(', ')} or ${words.at(-1)}.`
    : 'There is nothing to stop.';
  return { type: 'context', elements: [mrkdwn(text)] };
}

/** "Fri 6 Nov 17:50", in the area's zone. */
const local = (at: Date, timeZone: string): string =>
  escapeWithin(DateTime.fromJSDate(at, { zone: timeZone }).setLocale('en').toFormat('ccc d LLL HH:mm'), 40);

/** Lists beside each other, so many lines a section. */
function columns(lists: readonly (readonly string[])[], size: number): KnownBlock[] {
  const rows = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: Math.ceil(rows / size) }, (_, i) => {
    const texts = lists.map((list) => list.slice(i * size, (i + 1) * size).join('\n') || ' ');
    const [only = ' '] = texts;
    return texts.length === 1
      ? { type: 'section', text: mrkdwn(only) }
      : { type: 'section', fields: texts.map((text) => mrkdwn(text === ' ' ? '\u200b' : text)) };
  });
}
