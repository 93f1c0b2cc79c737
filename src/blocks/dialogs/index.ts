import type { DialogId } from '../../slack/ids/case-dialog';
import { acknowledge } from './acknowledge';
import { addNote } from './add-note';
import { addPoliceNumber } from './add-police-number';
import { answer } from './answer';
import { approve } from './approve';
import { callbackMade } from './callback-made';
import { changeSeverity } from './change-severity';
import type { Dialog } from './dialog';
import { dispute } from './dispute';
import { escalate } from './escalate';
import { link } from './link';
import { logSpContact } from './log-sp-contact';
import { merge } from './merge';
import { reassign } from './reassign';
import { refuseApproval } from './refuse-approval';
import { reopen } from './reopen';
import { resolve } from './resolve';
import { returnToAgent } from './return-to-agent';
import { sendToManager } from './send-to-manager';
import { snooze } from './snooze';
import { voidCase } from './void-case';

const ALL: readonly Dialog[] = [
  acknowledge,
  addNote,
  logSpContact,
  callbackMade,
  resolve,
  reassign,
  snooze,
  reopen,
  voidCase,
  changeSeverity,
  escalate,
  approve,
  refuseApproval,
  dispute,
  answer,
  returnToAgent,
  addPoliceNumber,
  sendToManager,
  link,
  merge,
];

export const dialogOf = (id: string): Dialog | null => ALL.find((dialog) => dialog.id === id) ?? null;

/** What the card's menu calls a dialog. */
export const dialogLabel = (id: DialogId): string => dialogOf(id)?.title ?? id;
