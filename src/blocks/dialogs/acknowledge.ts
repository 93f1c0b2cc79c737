import { type Dialog, momentInput, readMoment } from './dialog';

/** Domain section 7: acknowledging asks one thing. */
export const acknowledge: Dialog = {
  id: 'acknowledge',
  title: 'Acknowledge',
  submit: 'Acknowledge',
  blocks: (_facts, { nextUpdateBy }) => [
    momentInput(
      'next_update_by',
      'Next update by',
      nextUpdateBy,
      'Shown on the card as your promise. If it passes without an update, the case asks for an owner again.',
    ),
  ],
  read: (values, { now }) => {
    const moment = readMoment(values, 'next_update_by', now);
    return 'at' in moment ? { move: { type: 'acknowledge', nextUpdateBy: moment.at } } : moment;
  },
};
