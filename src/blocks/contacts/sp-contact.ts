import type { KnownBlock, ModalView } from '@slack/types';
import type { ContactAttempt } from '../../domain/contact-rule';
import type { Fault } from '../../domain/forms/form';
import type { FormNotice } from '../../domain/forms/notice';
import type { Numbers } from '../../domain/forms/numbers';
import { type DialogField, fault } from '../../domain/moves/dialog';
import {
  type ContactWindow,
  packContactWindow,
  SP_CONTACT_CALLBACK,
  SP_CONTACT_REACHED,
} from '../../slack/ids/contact';
import type { ContactValues } from '../../slack/read-contact';
import { dialogField, dialogFields } from '../case-dialog';
import { asking, field, shown } from '../lines';
import { richLines } from '../rich-text';
import { plainText } from '../text';
import { noticeBlocks } from './notice';

const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];
const OUTCOME: readonly DialogField[] = [
  { kind: 'text', id: 'outcome', label: 'Outcome', hint: 'What the SP said or will do.' },
  {
    kind: 'choice',
    look: 'radio_buttons',
    id: 'resolved',
    label: 'Is the matter resolved?',
    options: YES_NO,
    hint: 'If it is resolved, there is nothing to escalate.',
  },
];
const LEFT = [
  { value: 'voicemail', label: 'Voicemail left' },
  { value: 'note_on_job', label: 'Note left on the job' },
  { value: 'public_with_email', label: 'Public with Email note sent' },
];

/** The window for one attempt to contact the SP (domain section 6); its fields depend on whether the SP was reached. */
export function spContactModal(about: ContactWindow, reached: string | undefined): ModalView {
  return asking(SP_CONTACT_CALLBACK, { title: 'SP contact', submit: 'Record', memory: packContactWindow(about) }, [
    dialogField({ kind: 'text', id: 'sj', label: 'SJ Number', short: true, initial: about.sj ?? undefined }),
    dispatching(
      dialogField({
        kind: 'choice',
        look: 'radio_buttons',
        id: SP_CONTACT_REACHED,
        label: 'Did you reach the SP?',
        options: YES_NO,
        initial: reached,
      }),
    ),
    ...(reached === 'yes' ? dialogFields(OUTCOME) : []),
    ...(reached === 'no' ? [leftInput] : []),
  ]);
}

const dispatching = (block: KnownBlock): KnownBlock =>
  block.type === 'input' ? { ...block, dispatch_action: true } : block;

const leftInput = field(
  'left',
  'What did you leave?',
  { type: 'checkboxes', options: LEFT.map(({ value, label }) => ({ value, text: plainText(label) })) },
  { hint: 'A second attempt counts with a voicemail and the Public with Email note.' },
);

/** The attempt as entered, or what is missing in which field. */
export function readSpContact(
  values: ContactValues,
  by: string,
  { parseSjNumber }: Pick<Numbers, 'parseSjNumber'>,
): { attempt: Omit<ContactAttempt, 'at'> } | { faults: readonly Fault[] } {
  const sj = parseSjNumber(values.sj);
  if (!sj.ok) return fault('sj', sj.fault);
  const reached = values.reached === 'yes';
  if (reached && !values.outcome)
    return fault(SP_CONTACT_REACHED, 'Say what came of it: choose Yes and fill in below.');
  if (!reached && !values.left.length)
    return fault(SP_CONTACT_REACHED, 'Say what you left: choose No and tick at least one below.');
  return {
    attempt: {
      sj: sj.value,
      by,
      reached,
      resolved: reached && values.resolved === 'yes',
      outcome: reached ? values.outcome : null,
      voicemail: !reached && values.left.includes('voicemail'),
      noteOnJob: !reached && values.left.includes('note_on_job'),
      publicWithEmail: !reached && values.left.includes('public_with_email'),
    },
  };
}

/** What the agent sees once it is recorded: whether it counts, what is next, and when. */
export const contactRecordedModal = (notice: FormNotice, counts: boolean): ModalView =>
  shown(
    'Recorded',
    [
      richLines([
        [
          counts ? '✅ The attempt is recorded for ' : '⚠️ Recorded, but it does not count as the second attempt for ',
          { bold: `SJ ${notice.about.sj}` },
          '.',
        ],
      ]),
      ...noticeBlocks(notice),
    ],
    'Done',
  );
