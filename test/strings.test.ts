import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from '@swc/core';

const SRC = join(__dirname, '../src');

type Node = { readonly type?: string; readonly [key: string]: unknown };
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Where a string names something in the program and no one reads it. */
const SKIPPED = new Set(['ImportDeclaration', 'ExportAllDeclaration', 'TsLiteralType']);
/** Two words in a row: a code, a key or a class name has none. */
const isForPeople = (text: string) => /\p{L}[\p{L}'’,.:;!?%)]*\s+[\p{L}\p{N}(“"*_<{]/u.test(text);

/** The sentences of a syntax tree, in order; filled-in parts are {}. */
function sentences(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(sentences);
  if (!isNode(node) || SKIPPED.has(node.type ?? '')) return [];
  if (node.type === 'StringLiteral') return [String(node.value)].filter(isForPeople);
  if (node.type === 'TemplateLiteral') {
    const quasis = node.quasis as readonly { readonly cooked?: string }[];
    const text = quasis.map(({ cooked }) => cooked ?? '').join('{}');
    return [...(isForPeople(text) ? [text] : []), ...sentences(node.expressions)];
  }
  return Object.entries(node).flatMap(([key, value]) => (key === 'span' ? [] : sentences(value)));
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => join(SRC, path))
  .sort();
const told = files.map((path): [string, string[]] => [
  relative(SRC, path).replaceAll('\\', '/'),
  sentences(parseSync(readFileSync(path, 'utf8'), { syntax: 'typescript', target: 'es2022' })),
]);

/**
 * Everything that a person may read, by file. When you change words on purpose, look at the difference as a reader
 * would, then run `npx jest test/strings.test.ts -u`.
 */
it('says what it said at the last review', () => {
  const all = Object.fromEntries(told.filter(([, lines]) => lines.length > 0));
  expect(all).toMatchSnapshot();
});

/** British spellings, and words that a plainer one replaces (docs/writing.md). */
const FOREIGN =
  /\b(\w*(behaviour|colour|favour|honour|labour|neighbour)\w*|\w+(isation|ise[sd]?|ising)|centre[sd]?|cancell(ed|ing)|travell\w+|enquir\w+|whilst|learnt|catalogue)\b/gi;
/** Words that only look British. */
const FINE =
  /^(otherwise|advise[sd]?|advising|promise[sd]?|promising|raise[sd]?|raising|rise[s]?|exercise[sd]?|precise|wise|noise|premise[s]?|supervise[sd]?|surprise[sd]?|revise[sd]?|compromise[sd]?|franchise[sd]?|enterprise[s]?|likewise|praise[sd]?|expertise|arise[s]?|arising|rising|disguise[sd]?)$/i;

it('says it in American English', () => {
  const found = told.flatMap(([path, lines]) =>
    lines.flatMap((line) =>
      (line.match(FOREIGN) ?? [])
        .filter((word) => !FINE.test(word))
        .map((word) => `${path}: ${word} in “${line.slice(0, 90)}”`),
    ),
  );
  expect(found).toEqual([]);
});
