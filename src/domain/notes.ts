import type { CaseFacts, Note } from './case';

/** What is known of a message that may be a note: the note, `gone` if it was deleted, or null if nothing is. */
export type KnownNote = Note | 'gone' | null;

/** What the facts of a case know of a note; services call `knownNote`, which looks further. */
export function noteIn({ notes, goneNotes = [] }: Pick<CaseFacts, 'notes' | 'goneNotes'>, id: string): KnownNote {
  return goneNotes.includes(id) ? 'gone' : (notes.find((note) => note.id === id) ?? null);
}

/** A version of a thread message, as Slack numbers it. */
export interface Version {
  /** The message's own ts. */
  readonly ts: string;
  /** Slack's ts of its newest edit, if it was edited. */
  readonly editedTs: string | null;
  /** Slack's ts of the event that brought this version. */
  readonly eventTs: string | null;
}

/**
 * The version as a text that `isNewer` orders. Slack delivers events late, twice and in any order, and gives edits
 * within one second the same `edited.ts`; apps edit without it. So the edit counts first, then the event.
 */
export const revisionOf = ({ ts, editedTs, eventTs }: Version): string => {
  const edit = editedTs ?? ts;
  const event = eventTs ?? edit;
  return event === edit ? edit : `${edit}/${event}`;
};

/** Whether a version is newer than the note. A note stored without a version is the original message. */
export function isNewer(revision: string, known: Pick<Note, 'id' | 'revision'>): boolean {
  const [edit, event] = parts(revision);
  const [knownEdit, knownEvent] = parts(known.revision ?? known.id);
  return (compareTs(edit, knownEdit) || compareTs(event, knownEvent)) > 0;
}

function parts(revision: string): readonly [edit: string, event: string] {
  const [edit = '', event = edit] = revision.split('/');
  return [edit, event];
}

/** Orders two of Slack's ts, which are too long for a number: seconds, then six digits. */
function compareTs(a: string, b: string): number {
  const [aSeconds = '', aRest = ''] = a.split('.');
  const [bSeconds = '', bRest = ''] = b.split('.');
  return Number(aSeconds) - Number(bSeconds) || Number(aRest.padEnd(6, '0')) - Number(bRest.padEnd(6, '0'));
}

const MESSAGE_TS = /^\d+\.\d+$/;
/** When a note was written; by Slack's clock if it mirrors a message. */
const momentOf = ({ id, at }: Note): number => (MESSAGE_TS.test(id) ? Number(id) * 1000 : +at);

/** The notes with one more, placed by when it was written, however late it arrived. */
export function inOrder(notes: readonly Note[], added: Note): readonly Note[] {
  const moment = momentOf(added);
  const before = notes.findLastIndex((note) => momentOf(note) <= moment) + 1;
  return [...notes.slice(0, before), added, ...notes.slice(before)];
}

/** A note's limit in characters (UTF-16); Slack's messages can be ten times as long. */
export const NOTE_MAX = 4000;
const CUT = '… (cut: the whole message is in the thread)';

/** A reply as a note: cut if it is too long, with a remark. */
export const clipped = (text: string): string => clip(text, CUT);

/** The text in at most `most` characters without splitting any; if it was cut, `mark` is at the end. */
export function clip(text: string, mark: string, most = NOTE_MAX): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - mark.length);
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}${mark}`;
}

/** A name in at most so many characters; an account number in parentheses at its end stays, and so does what isolates it. */
export function clipName(name: string, most: number): string {
  const [account = ''] = /\u2069? \([^()]{1,20}\)$/.exec(name) ?? [];
  return clip(name.slice(0, name.length - account.length), '…', most - account.length) + account;
}

/** A long text in parts that fit into notes, cut between lines if possible. */
export function inParts(text: string): readonly string[] {
  const most = NOTE_MAX;
  const parts: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const line = rest.lastIndexOf('\n', most);
    const end = line > most / 2 ? line : /[\uD800-\uDBFF]/.test(rest.charAt(most - 1)) ? most - 1 : most;
    parts.push(rest.slice(0, end));
    rest = rest.slice(line > most / 2 ? end + 1 : end);
  }
  return [...parts, rest];
}
