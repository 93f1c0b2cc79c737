/** Cleans text that people paste or files hold: drops what is invisible, and finds what only looks right. */

/** Scripts in which invisible characters mean nothing; in others, joiners and variation selectors shape the text. */
const PLAIN = '\\0-\\x7F\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\u0300-\\u036F';
const JOINERS = '\\u200C\\u200D';
const SELECTORS = '\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}';

const LINE_ENDS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
const SPACES = /[\p{Zs}\u2800]/gu;
/** Control characters except tab and line feed, lone surrogates, and everything that is never drawn. */
const UNSEEN = new RegExp(
  `(?![\\t\\n])\\p{Cc}|\\p{Cs}|[\\uFFF9-\\uFFFB]|(?![${JOINERS}${SELECTORS}])\\p{Default_Ignorable_Code_Point}`,
  'gu',
);
/** A joiner that joins nothing, and a selector after a character without variants; keycaps such as 1️⃣ need one. */
const IDLE = new RegExp(`(?<=^|[${PLAIN}])[${JOINERS}${SELECTORS}]+(?!\\u20E3)|[${JOINERS}]+(?=$|[${PLAIN}])`, 'gu');
/** Fast path: most text is plain. */
const PRINTABLE = /^[\n\x20-\x7E]*$/;

/**
 * The text without invisible characters (zero width, direction marks, soft hyphens, controls), with plain spaces, `\n`
 * for every line end, composed accents, and trimmed. Emoji and scripts that need joiners keep them. For everything that
 * a person or a file enters, before it is checked.
 */
export function cleanText(text: string): string {
  if (PRINTABLE.test(text)) return text.trim();
  return text
    .replace(LINE_ENDS, '\n')
    .replace(SPACES, ' ')
    .replace(UNSEEN, '')
    .replace(IDLE, '')
    .normalize('NFC')
    .trim();
}

/** A number or reference in plain characters: full-width ones, and every dash or minus sign, become the common ones. */
export const plainForm = (text: string): string => text.normalize('NFKC').replace(/[\p{Pd}\u2212]/gu, '-');

/** A character that looks like a Latin letter but is not one. */
export interface LookAlike {
  readonly char: string;
  readonly looksLike: string;
  readonly script: string;
}

/** The letters of each script, each followed by the Latin one it looks like. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  Cyrillic: 'АAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYХXҮYҺHӀIԌGԚQԜW' + 'аaеeѕsіiјjоoрpсcуyхxүyһhӏlԁdԛqԝwьb',
  Greek: 'ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϹC' + 'αaιiκkνvοoρpυuχxϲcϳj',
  Armenian: 'ՍUՏSՕOԼLհhոnսuօoցgզq',
  Cherokee: 'ᎠDᎡRᎢTᎪAᎫJᎬEᎳWᎷMᎻHᏀGᏃZᏙVᏚSᏞLᏟCᏢPᏦKᏴB',
};
const KNOWN = new Map<string, LookAlike>(
  Object.entries(LOOK_ALIKES).flatMap(([script, pairs]) =>
    [...pairs].flatMap((char, i, all): [string, LookAlike][] =>
      i % 2 ? [] : [[char, { char, looksLike: all[i + 1] ?? '', script }]],
    ),
  ),
);

/** The first letter of another script that looks Latin, or null. For numbers and names that must match. */
export function lookAlike(text: string): LookAlike | null {
  for (const char of text) {
    const known = KNOWN.get(char);
    if (known) return known;
  }
  return null;
}

/** The fault of a look-alike, after the text: `has a Cyrillic “Р” that looks like a Latin “P”`; or null. */
export function lookAlikeFault(text: string): string | null {
  const found = lookAlike(text);
  if (!found) return null;
  const { char, looksLike, script } = found;
  return `has ${/^[AEIOU]/.test(script) ? 'an' : 'a'} ${script} “${char}” that looks like a Latin “${looksLike}”: type it again`;
}

/** The limit for a value in a message. */
const SHOWN_MAX = 40;

/** A value as a message quotes it: on one line, cut if it is long. */
export function shown(value: string, max = SHOWN_MAX): string {
  const line = value.length > max * 8 ? value.slice(0, max * 8) : value;
  const characters = [...line.replace(/\s+/g, ' ')];
  return characters.length > max || line !== value ? `${characters.slice(0, max - 1).join('')}…` : characters.join('');
}
