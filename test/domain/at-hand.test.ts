import { MOST_AT_HAND } from '../../src/domain/at-hand';
import type { CaseFacts } from '../../src/domain/case';
import type { Move } from '../../src/domain/moves/declared';
import { filedCase, later, MONDAY, minutes, moved } from '../support/cases';

const add = (text: string, id: string | null = null): Move => ({ type: 'add_note', id, text });
function lived(facts: CaseFacts, ...moves: readonly Move[]): CaseFacts {
  let reached = facts;
  for (const move of moves)
    reached = moved(reached, move, later(reached.changedAt, minutes(1)), { actor: 'U0SAM' }).facts;
  return reached;
}
const times = (count: number, move: (i: number) => Move) => Array.from({ length: count }, (_, i) => move(i));

describe('the facts of a case keep at hand', () => {
  it('its newest notes, and count all of them', () => {
    const facts = lived(filedCase().facts, ...times(180, (i) => add(`Note ${i}`)));
    expect(facts.notes).toHaveLength(MOST_AT_HAND.notes);
    expect(facts.notes.at(-1)?.text).toBe('Note 179');
    expect(facts.totals.notes).toBe(180);
  });

  it('limited characters of notes and contacts, but always the newest one', () => {
    const long = 'x'.repeat(4_000);
    const characters = (said: readonly { readonly text: string }[]) =>
      said.reduce((sum, { text }) => sum + text.length, 0);
    const facts = lived(
      filedCase().facts,
      ...times(40, () => add(long)),
      ...times(40, () => ({ type: 'log_sp_contact', reached: false, text: long }) as const),
    );
    expect(characters(facts.notes)).toBeLessThanOrEqual(MOST_AT_HAND.noteCharacters);
    expect(characters(facts.contacts)).toBeLessThanOrEqual(MOST_AT_HAND.contactCharacters);
    expect(facts.totals).toMatchObject({ notes: 40, contacts: 40 });
    const huge = lived(facts, add('y'.repeat(MOST_AT_HAND.noteCharacters + 1)));
    expect(huge.notes).toHaveLength(1);
    const grown = lived(facts, { type: 'edit_note', id: facts.notes[0]?.id ?? '', text: 'z'.repeat(9_000) });
    expect(characters(grown.notes)).toBeLessThanOrEqual(MOST_AT_HAND.noteCharacters);
  });

  it('its first links, and always the case it duplicates', () => {
    const link = (i: number): Move => ({ type: 'link', link: { ref: `SPF-1${i}`, relation: 'related' } });
    const facts = lived(filedCase().facts, ...times(MOST_AT_HAND.links + 30, link));
    expect(facts.links).toHaveLength(MOST_AT_HAND.links);
    expect(facts.totals.links).toBe(MOST_AT_HAND.links + 30);
    const ended = lived(facts, { type: 'merge', into: 'SPF-000009' });
    expect(ended.links).toHaveLength(MOST_AT_HAND.links);
    expect(ended.links).toContainEqual({ ref: 'SPF-000009', relation: 'duplicate_of' });
  });

  it('its first followers', () => {
    const follow = (i: number): Move => ({ type: 'follow', follower: `UF${i}`, because: 'SPF-000002' });
    const facts = lived(filedCase().facts, ...times(MOST_AT_HAND.followers + 5, follow));
    expect(facts.followers).toHaveLength(MOST_AT_HAND.followers);
    expect(facts.followers[0]).toBe('UF0');
    expect(facts.totals.followers).toBe(MOST_AT_HAND.followers + 5);
  });

  it('everything for moves that ask the history: an older note is edited, deleted and repeated like any other', () => {
    const full = lived(filedCase().facts, add('the first', '1.1'), ...times(130, (i) => add(`Note ${i}`)));
    const note = { id: '1.1', by: 'U0SAM', at: MONDAY, text: 'the first', edited: false };
    const with_ = (move: Move) => moved(full, move, later(MONDAY, minutes(200)), { note });
    expect(with_(add('the first', '1.1')).events).toEqual([]);
    expect(with_({ type: 'edit_note', id: '1.1', text: 'the first' }).events).toEqual([]);
    expect(with_({ type: 'edit_note', id: '1.1', text: 'changed' }).events).toMatchObject([{ type: 'note_edited' }]);
    const deleted = with_({ type: 'delete_note', id: '1.1' });
    expect(deleted.events).toMatchObject([{ type: 'note_deleted', data: { id: '1.1' } }]);
    expect([deleted.facts.totals.notes, deleted.facts.notes.length]).toEqual([130, MOST_AT_HAND.notes]);
  });
});

it('correct totals if a deletion arrives before its note', () => {
  const facts = lived(filedCase().facts, add('one'), add('two'));
  const gone = moved(facts, { type: 'delete_note', id: '7.7' }, later(MONDAY, minutes(10)));
  expect(gone.facts.totals.notes).toBe(2);
  expect(gone.facts.goneNotes).toEqual(['7.7']);
});
