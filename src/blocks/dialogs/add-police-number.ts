import { type Dialog, text, textInput } from './dialog';

/** Domain section 4: optional at once, asked again later. */
export const addPoliceNumber: Dialog = {
  id: 'add_police_number',
  title: 'Police report number',
  submit: 'Save',
  blocks: () => [
    textInput('number', 'Report number', { short: true }),
    textInput('agency', 'Agency', { short: true, optional: true }),
  ],
  read: (values) => ({
    move: { type: 'add_police_number', number: text(values, 'number'), agency: text(values, 'agency') },
  }),
};
