import { type Dialog, momentInput, readMoment, text, textInput } from './dialog';

const DAY_MS = 24 * 60 * 60_000;

export const snooze: Dialog = {
  id: 'snooze',
  title: 'Snooze',
  submit: 'Snooze',
  blocks: (_facts, { now }) => [
    momentInput(
      'until',
      'Until',
      new Date(+now + DAY_MS),
      'Nobody is reminded before; then its clocks go on where they stood.',
    ),
    textInput('reason', 'Reason', { short: true, hint: 'For example: part on order until Thursday.' }),
  ],
  read: (values, { now }) => {
    const moment = readMoment(values, 'until', now);
    return 'at' in moment ? { move: { type: 'snooze', until: moment.at, reason: text(values, 'reason') } } : moment;
  },
};
