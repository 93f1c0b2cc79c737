import type { ActionsBlock, KnownBlock, ModalView } from '@slack/types';
import type { Fault } from '../domain/forms/form';
import { type DialogValues, fault } from '../domain/moves/dialog';
import {
  clockTime,
  DEFAULT_PREFERENCES,
  type Preferences,
  readTimeOfDay,
  TELL_BY,
  timeOfDay,
} from '../domain/preferences';
import type { Severity } from '../domain/severity';
import { PREFERENCES_CALLBACK, PREFERENCES_RESET } from '../slack/ids/preferences';
import { dialogField } from './case-dialog';
import { actions, asking, button, field, remark, shown } from './lines';
import { richLines } from './rich-text';

const WAYS = {
  both: { label: 'Both', description: 'A mention in the thread of the card first, then a DM' },
  mention: { label: 'By mention', description: 'In the thread of the card; no DM about cases you own' },
  dm: { label: 'By DM', description: 'From the first reminder on; the thread does not name you' },
};

/** Asks how someone wants to be told about due clocks (domain section 8). `zone`: their own, from Slack. */
export const preferencesModal = (
  { by, quiet }: Preferences,
  { zone, bypass }: { readonly zone: string | null; readonly bypass: readonly Severity[] },
): ModalView =>
  asking(PREFERENCES_CALLBACK, { title: 'Your preferences', submit: 'Save' }, [
    dialogField({
      kind: 'choice',
      look: 'radio_buttons',
      id: 'by',
      label: 'How are you told what waits for you?',
      options: TELL_BY.map((value) => ({ value, ...WAYS[value] })),
      initial: by,
    }),
    timeInput(
      'quiet_from',
      'Quiet hours from',
      quiet?.from,
      `In your time zone${zone ? `, ${zone}` : ''}. Empty: none.`,
    ),
    timeInput('quiet_to', 'Quiet hours until', quiet?.to, 'What came in meanwhile arrives as one DM.'),
    remark(urgently(bypass)),
    resetButton,
  ]);

const urgently = (bypass: readonly Severity[]) =>
  bypass.length
    ? `Cases of severity ${bypass.join(' and ')} reach you at any hour, whatever you choose here.`
    : 'This counts for every case.';

const timeInput = (block: string, label: string, initial: number | undefined, hint: string): KnownBlock =>
  field(
    block,
    label,
    { type: 'timepicker', ...(initial === undefined ? {} : { initial_time: timeOfDay(initial) }) },
    { hint, optional: true },
  );

const resetButton: ActionsBlock = actions(button(PREFERENCES_RESET, 'Reset to default'));

/** The preferences, or what is wrong in which field. */
export function readPreferences(values: DialogValues): { chosen: Preferences } | { faults: readonly Fault[] } {
  const by = TELL_BY.find((way) => way === values.by) ?? DEFAULT_PREFERENCES.by;
  const [from, to] = [values.quiet_from, values.quiet_to].map((time) => readTimeOfDay(String(time ?? '')));
  if (typeof from !== 'number' && typeof to !== 'number') return { chosen: { by, quiet: null } };
  if (typeof from !== 'number' || typeof to !== 'number')
    return fault(
      typeof from === 'number' ? 'quiet_to' : 'quiet_from',
      'Quiet hours need both times: fill in this one, or clear the other.',
    );
  if (from === to) return fault('quiet_to', 'Quiet hours must end at a different time than they begin.');
  return { chosen: { by, quiet: { from, to } } };
}

/** What someone sees once it is kept. */
export const preferencesKept = ({ by, quiet }: Preferences): ModalView =>
  shown(
    'Your preferences',
    [
      richLines([
        ['✅ Kept. ', { bold: WAYS[by].label }, `: ${WAYS[by].description}.`],
        [quiet ? `Quiet hours from ${clockTime(quiet.from)} until ${clockTime(quiet.to)}.` : 'No quiet hours.'],
      ]),
    ],
    'Done',
  );
