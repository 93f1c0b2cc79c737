import fc from 'fast-check';
import { replay } from '../../src/domain/apply';
import type { CaseFacts } from '../../src/domain/case';
import type { CaseEvent } from '../../src/domain/event';
import type { Move } from '../../src/domain/moves/declared';
import { clipName, clipped, inParts, NOTE_MAX, revisionOf } from '../../src/domain/notes';
import { filedCase, later, MONDAY, minutes, moved } from '../support/cases';

const TS = '1793638900.000100';
const at = (seconds: number, rest = '000000') => `${1_793_638_900 + seconds}.${rest}`;
const first: Move = { type: 'add_note', id: TS, text: 'SP said Tuesday', revision: revision(null, null) };
const edit = (text: string, editedTs: string, eventTs = editedTs): Move => ({
  type: 'edit_note',
  id: TS,
  text,
  revision: revision(editedTs, eventTs),
});
const gone: Move = { type: 'delete_note', id: TS };

function revision(editedTs: string | null, eventTs: string | null) {
  return revisionOf({ ts: TS, editedTs, eventTs });
}

/** The case after these moves in this order, a minute apart; its history must give the same facts. */
function caseAfter(moves: readonly Move[]): CaseFacts {
  const filed = filedCase();
  let facts = filed.facts;
  const events: CaseEvent[] = [...filed.events];
  for (const [i, move] of moves.entries()) {
    const next = moved(facts, move, later(MONDAY, minutes(i + 1)));
    facts = next.facts;
    events.push(...next.events);
  }
  expect(replay(events)).toEqual(facts);
  return facts;
}
const notesAfter = (moves: readonly Move[]) =>
  caseAfter(moves).notes.map(({ id, text, edited }) => ({ id, text, edited }));

describe('a note of a thread', () => {
  it('keeps its newest version if the reply is delivered again, and stays gone once it was deleted', () => {
    const friday = edit('SP said Friday', at(20));
    const kept = [{ id: TS, text: 'SP said Friday', edited: true }];
    expect(notesAfter([first, friday, first])).toEqual(kept);
    expect(notesAfter([first, friday, gone, first, friday])).toEqual([]);
    expect(JSON.stringify(caseAfter([first, gone]).goneNotes)).not.toContain('Tuesday');
  });

  it('is right when its edit or its deletion arrives before it', () => {
    const friday = edit('SP said Friday', at(20));
    expect(notesAfter([friday, first])).toEqual([{ id: TS, text: 'SP said Friday', edited: true }]);
    expect(notesAfter([gone, first, friday])).toEqual([]);
  });

  it("is the same whatever the order and repetition of Slack's events", () => {
    const edits = fc.array(fc.record({ text: fc.constantFrom('A', 'B', 'C'), sameSecond: fc.boolean() }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(edits, fc.boolean(), fc.infiniteStream(fc.nat()), (versions, isDeleted, random) => {
        // Edits within one second have the same `edited.ts`; only their events differ.
        const moves: Move[] = [
          first,
          ...versions.map(({ text, sameSecond }, i) =>
            edit(text, at(sameSecond ? 10 : 10 + i * 5), at(10 + i * 5, String(i + 1).padStart(6, '0'))),
          ),
          ...(isDeleted ? [gone] : []),
        ];
        const told = [...moves, ...moves].map((move) => ({ move, place: random.next().value ?? 0 }));
        const shuffled = told.sort((a, b) => a.place - b.place).map(({ move }) => move);
        expect(notesAfter(shuffled)).toEqual(notesAfter(moves));
      }),
      { seed: 20_261_102, numRuns: 300 },
    );
  });

  it('is placed by when it was written, however late it arrives', () => {
    const reply = (seconds: number, text: string): Move => ({ type: 'add_note', id: at(seconds), text });
    const texts = caseAfter([reply(30, 'third'), reply(10, 'first'), reply(20, 'second')]).notes.map(
      ({ text }) => text,
    );
    expect(texts).toEqual(['first', 'second', 'third']);
  });

  it('stored before versions were kept accepts a later edit, but no redelivery', () => {
    const { facts } = filedCase();
    const old = { ...facts, notes: [{ id: TS, by: 'U0DANA', at: MONDAY, text: 'as edited', edited: true }] };
    expect(moved(old, first, MONDAY).events).toEqual([]);
    expect(moved(old, edit('newer', at(60)), MONDAY).facts.notes).toMatchObject([{ text: 'newer' }]);
  });

  it('is looked up in the context if the facts do not have it anymore', () => {
    const { facts } = filedCase();
    const archived = { id: TS, by: 'U0DANA', at: MONDAY, text: 'long ago', edited: false };
    expect(moved(facts, first, MONDAY, { note: archived }).events).toEqual([]);
    expect(moved(facts, first, MONDAY, { note: 'gone' }).events).toEqual([]);
    expect(moved(facts, first, MONDAY, { note: null }).events).toMatchObject([{ type: 'note_added' }]);
  });

  it('can be retracted from a void case, which takes no new ones', () => {
    const { facts } = moved(caseAfter([first]), { type: 'void', reason: 'wrong SP' }, MONDAY);
    expect(moved(facts, gone, MONDAY).facts.notes).toEqual([]);
    const other = { ...edit('late', at(70)), id: at(60) };
    expect(moved(facts, other, MONDAY).events).toEqual([]);
  });
});

describe('the length of a note', () => {
  it('is limited, and a cut is marked', () => {
    const long = 'x'.repeat(NOTE_MAX + 1);
    expect(clipped('x'.repeat(NOTE_MAX))).toHaveLength(NOTE_MAX);
    expect(clipped(long)).toHaveLength(NOTE_MAX);
    expect(clipped(long)).toMatch(/x… \(cut: the whole message is in the thread\)$/);
    expect(clipped('😀'.repeat(NOTE_MAX))).not.toMatch(/[\uD800-\uDBFF]…/);
  });

  it('of a long name leaves its account number', () => {
    expect(clipName(`${'x'.repeat(200)} (SP100275)`, 20)).toBe('xxxxxxxx… (SP100275)');
    expect(clipName(`${'x'.repeat(200)} (${'y'.repeat(60)})`, 20)).toBe(`${'x'.repeat(19)}…`);
    expect(clipName('Ace (SP100275)', 20)).toBe('Ace (SP100275)');
    expect(clipName(`\u2068${'ש'.repeat(50)}\u2069 (SP100275)`, 20)).toBe('\u2068שששששש…\u2069 (SP100275)');
  });

  it("allows splitting a form's text into notes that together contain all of it", () => {
    const line = 'y'.repeat(700);
    const text = Array.from({ length: 14 }, (_, i) => `${i} ${line}`).join('\n');
    const parts = inParts(text);
    expect(parts.length).toBeGreaterThan(1);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(NOTE_MAX);
    expect(parts.join('\n')).toBe(text);
    expect(inParts('z'.repeat(NOTE_MAX * 2 + 5)).join('')).toBe('z'.repeat(NOTE_MAX * 2 + 5));
  });
});
