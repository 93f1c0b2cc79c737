import type { KnownBlock } from '@slack/types';
import { noteInstead, refusedModal } from '../../blocks/refused-dialog';
import { dialogOf, entered, isMoveType, isOther, moveLabel } from '../../domain/move';
import type { MoveType } from '../../domain/moves/declared';
import { type DialogContext, type DialogValues, fault } from '../../domain/moves/dialog';
import { maskedNotice, maskMove } from '../../domain/personal-data';
import { dialogContext, mayOpen } from '../../services/dialog-context';
import { makeMove } from '../../services/merge-cases';
import type { StoredCase } from '../../services/ports/cases';
import { withNames } from '../../services/stranger';
import { DIALOG_CALLBACK, readDialog } from '../../slack/ids/case-dialog';
import { blankTexts, readDialogValues } from '../../slack/read-dialog';
import { readSubmission } from '../../slack/read-form';
import type { ListenerDeps } from '../deps';
import type { SubmitArgs } from '../handlers';
import { storedInTime } from '../stored-in-time';
import { tellPrivately, withFaults } from '../tell';

/** A dialog was submitted: its move is made, or the window stays with what is wrong and everything typed. */
export async function caseDialogSubmitted(deps: ListenerDeps, { ack, body, view, client }: SubmitArgs) {
  const type = DIALOG_CALLBACK.exec(view.callback_id)?.[1] ?? '';
  if (!isMoveType(type) || !dialogOf(type)) throw new Error(`No dialog answers to ${view.callback_id}.`);
  const { by, viewId } = readSubmission(body);
  deps.newest.end(view.id);
  const { ref, channel, about, shown, again } = readDialog(view.private_metadata);
  const key = again ? `${viewId}:again` : viewId;
  const firstField = view.blocks.find((block) => block.type === 'input')?.block_id ?? '';

  const taken = { ref, move: moveLabel(type) };
  const outcome = await storedInTime(deps, {
    key,
    to: by,
    attempt: submit(type),
    taken: (made) => ('ok' in made && made.ok ? taken : null),
    wasBefore: (made) => 'ok' in made && !made.changed,
    look: async () => {
      const stored = await deps.cases.byRef(ref);
      return stored && (await deps.history.hasKey(stored, key)) ? taken : null;
    },
  }).catch((error: unknown) => {
    deps.log.error({ err: error, ref, move: type, view: view.id }, 'a move could not be stored');
    return 'unstored' as const;
  });
  if (outcome === 'unstored') return ack({ response_action: 'errors', errors: { [firstField]: NOT_STORED } });
  if ('faults' in outcome) return ack(withFaults(outcome.faults));
  if ('view' in outcome) return ack({ response_action: 'update', view: outcome.view });
  await ack();
  // A card shows the result; a direct message does not change.
  const done = channel?.startsWith('D') ? doneWords(ref, type, outcome.changed) : null;
  const word = [done, maskedNotice(outcome.masked)].filter(Boolean).join(' ');
  if (word) await tellPrivately({ client, user: by, channel }, word);

  async function submit(type: MoveType) {
    const stored = await deps.cases.byRef(ref);
    if (!stored) return fault(firstField, `${ref} is no longer in the records.`);
    const values = readDialogValues(view.state.values);
    const blank = blankTexts(view.blocks as KnownBlock[], values);
    if (blank.length) return { faults: blank };
    const context = await dialogContext(deps, stored, { reader: by, move: type, about });
    const read = entered(type, values, context);
    if ('faults' in read) return read;
    const made = await makeMove(deps, { find: { read: stored }, move: read.move, by, key, shown });
    if ('faults' in made) return made;
    if (!made.ok) return refused(type, context, values, made.reason);
    const before = made.changed ? [] : made.stored.events.filter((event) => event.key === key);
    return isOther(maskMove(read.move).move, before) ? savedBefore(type, made.stored, context, values) : made;
  }

  /** An earlier press was stored after all, with other entries: what was typed since is offered as a note. */
  async function savedBefore(type: MoveType, stored: StoredCase, context: DialogContext, values: DialogValues) {
    const typed = typedIn(view.blocks as KnownBlock[], values);
    const note = typed && (await mayOpen(deps, ref, 'add_note', by)).ok;
    return {
      view: note
        ? noteInstead(stored, context, { channel, reason: SAVED_BEFORE, typed, again: true })
        : refusedModal(type, stored, context, SAVED_BEFORE),
    };
  }

  /** The window stays, with the reason. If the case has changed, what was typed is offered as a note. */
  async function refused(type: MoveType, context: DialogContext, values: DialogValues, reason: string) {
    const [fresh, again, note] = await Promise.all([
      deps.cases.byRef(ref),
      mayOpen(deps, ref, type, by),
      mayOpen(deps, ref, 'add_note', by),
    ]);
    const typed = typedIn(view.blocks as KnownBlock[], values);
    if (fresh && !again.ok && note.ok && typed && type !== 'add_note')
      return { view: noteInstead(fresh, context, { channel, reason, typed }) };
    if (firstField || !fresh) return fault(firstField, await withNames(deps, reason));
    return { view: refusedModal(type, fresh, context, reason) };
  }
}

const doneWords = (ref: string, type: MoveType, isNew: boolean): string =>
  `✅ ${ref}: “${dialogOf(type)?.title ?? moveLabel(type)}” ${isNew ? 'is done' : 'was done already'}, and on the case.`;

/** The text in the long fields of a dialog. */
const typedIn = (blocks: readonly KnownBlock[], values: DialogValues): string =>
  blocks
    .filter((block) => block.type === 'input' && block.element.type === 'plain_text_input' && block.element.multiline)
    .map(({ block_id: name = '' }) => String(values[name] ?? '').trim())
    .filter(Boolean)
    .join('\n\n');

const SAVED_BEFORE =
  'It was saved after all, as you had entered it before. What you changed since is not: the card shows what is.';
const NOT_STORED = 'Warmline could not save this. What you entered is still here: press the button again in a moment.';
