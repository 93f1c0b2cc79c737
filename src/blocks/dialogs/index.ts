import type { DialogId } from '../../slack/ids/case-dialog';
import { acknowledge } from './acknowledge';
import { addNote } from './add-note';
import type { Dialog } from './dialog';
import { logSpContact } from './log-sp-contact';
import { reassign } from './reassign';
import { reopen } from './reopen';
import { resolve } from './resolve';
import { snooze } from './snooze';
import { voidCase } from './void-case';

const ALL: readonly Dialog[] = [acknowledge, addNote, logSpContact, resolve, reassign, snooze, reopen, voidCase];

export const dialogOf = (id: string): Dialog | null => ALL.find((dialog) => dialog.id === id) ?? null;

/** What the card's menu calls a dialog. */
export const dialogLabel = (id: DialogId): string => dialogOf(id)?.title ?? id;
