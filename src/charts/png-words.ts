import { crc32 } from 'node:zlib';

/** The eight bytes that begin every PNG, then its header: 4 of length, 4 of type, 13 of data, 4 of checksum. */
const HEADER_END = 8 + 4 + 4 + 13 + 4;

/** A PNG with its text as description, to be read out, and to be searched for forbidden text. */
export function withWords(png: Buffer, words: readonly string[]): Buffer {
  // Keyword, no compression, no language, no translated keyword, then the text in UTF-8.
  const data = Buffer.concat([Buffer.from('Description\0\0\0\0\0', 'latin1'), Buffer.from(words.join('\n'), 'utf8')]);
  const typed = Buffer.concat([Buffer.from('iTXt', 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([png.subarray(0, HEADER_END), length, typed, sum, png.subarray(HEADER_END)]);
}

/** Every text of an SVG, as drawn. */
export const wordsOfSvg = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text[^>]*>([\s\S]*?)<\/text>/g)].map(([, inner = '']) => plain(inner.replace(/<[^>]*>/g, '')));

const MARKS: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
const plain = (text: string) => text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => MARKS[name] ?? '');
