import { eraserOf, mapTexts, type PersonQuery, personQueryFault, wordsToFind } from '../../src/domain/person-data';
import { wordsIn } from '../../src/domain/words';

const erased = (person: PersonQuery, text: string) => eraserOf(person).erased(text);

describe('a person who is searched for', () => {
  it.each<[PersonQuery, string]>([
    [{}, 'Say who'],
    [{ phone: '555-01' }, '7 digits or more'],
    [{ email: 'zoe at mail' }, 'no email address'],
    [{ name: 'Open' }, 'the first and the last name'],
    [{ name: '  ' }, 'the first and the last name'],
  ])('%j is not enough', (person, words) => {
    expect(personQueryFault(person)).toContain(words);
  });

  it.each([
    ['555-010-4477', '555.010.4477'],
    ['+1 555 010 4477', '(555) 010-4477'],
    ['5550104477', '+1 (555) 010 4477'],
    ['1-555-010-4477', '1.555.010.4477'],
  ])('by the number %s is found as %s, and not within a longer one', (phone, written) => {
    expect(erased({ phone }, `Call ${written}, now.`)).toBe('Call [erased], now.');
    expect(erased({ phone }, `Job 9${written.replace(/\D/g, '')}1`)).not.toContain('[erased]');
    const found = wordsToFind({ phone }).some((words) => words.every((word) => wordsIn(written).includes(word)));
    expect(found).toBe(true);
  });

  it('by name is found in either order, in any letter case, and not within other names', () => {
    const name = 'Zoë Quimby';
    expect(erased({ name }, 'zoë  QUIMBY; Quimby, Zoë; Quimby Road; Zoë Quimbys')).toBe(
      '[erased]; [erased]; Quimby Road; Zoë Quimbys',
    );
    expect(erased({ name: 'J. (Jay) $1 Poe' }, 'J. (Jay) $1 Poe')).toBe('[erased]');
  });

  it('by email is found as a whole', () => {
    const email = 'a.b+c@mail.example';
    expect(erased({ email }, 'A.B+C@MAIL.example. x.a.b+c@mail.example a.b+c@mail.example.org')).toContain(
      '[erased]. x.a.b+c@mail.example',
    );
  });

  it('changes only texts, and returns the same value if nothing changed', () => {
    const value = { at: new Date(0), list: ['Zoë Quimby', 3, null], deep: { text: 'Zoë Quimby' } };
    const mapped = mapTexts(value, eraserOf({ name: 'Zoë Quimby' }).erased);
    expect(mapped).toEqual({ at: new Date(0), list: ['[erased]', 3, null], deep: { text: '[erased]' } });
    expect(mapTexts(value, (text) => text)).toBe(value);
  });
});
