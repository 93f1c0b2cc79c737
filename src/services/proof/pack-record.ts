import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { CaseFacts } from '../../domain/case';
import { provable, type SealedEvent } from '../../domain/event';
import { CASE_FORMAT } from '../../proof/verify.cjs';
import { RECORD_SCHEMA } from './record-schema';

/** The contents of one case's export. */
export interface Packed {
  readonly id: string;
  readonly facts: CaseFacts;
  readonly events: readonly SealedEvent[];
  /** The page for people, as HTML. */
  readonly page: string;
  /** Its files, one after the other, each read to its end before the next. */
  readonly files: AsyncIterable<PackedFile>;
  readonly at: Date;
}
export type PackedFile =
  | { readonly id: string; readonly name: string; readonly content: AsyncIterable<Uint8Array> }
  /** Slack no longer has it; the reason, as a sentence. */
  | { readonly id: string; readonly missing: string };

const VERIFIER = createRequire(__filename).resolve('../../proof/verify.cjs');
const README = `A record of Warmline.

case.html      to read and print
case.json      the same as data, with every event and its hashes; schema.json describes it
files/         files attached to the report
manifest.json  every file here with its SHA-256
verify.cjs     proves that nothing was changed: node verify.cjs (Node 20 or newer, nothing to install, no network)
`;

/** Writes a case's record as a zip that proves itself (docs/records.md). Rejects if a file or the target fails. */
export async function packRecord({ id, facts, events, page, files, at }: Packed, to: Writable): Promise<void> {
  const zip = new ZipFile();
  const written = pipeline(zip.outputStream, to);
  const listed: { path: string; bytes: number; sha256: string }[] = [];
  const missing: { id: string; why: string }[] = [];
  const put = async (path: string, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) => {
    const hash = createHash('sha256');
    let bytes = 0;
    const counted = async function* () {
      for await (const chunk of content) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    };
    const stream = Readable.from(counted());
    const ended = new Promise<void>((resolve, reject) => stream.once('close', resolve).once('error', reject));
    zip.addReadStream(stream, path, { mtime: at });
    await Promise.race([ended, written]);
    listed.push({ path, bytes, sha256: hash.digest('hex') });
  };
  const text = (path: string, words: string) => put(path, [Buffer.from(words, 'utf8')]);

  await text('case.html', page);
  await text(
    'case.json',
    `${JSON.stringify({ format: CASE_FORMAT, id, case: facts, events: events.map(provable) }, null, 1)}\n`,
  );
  await text('schema.json', `${JSON.stringify(RECORD_SCHEMA, null, 2)}\n`);
  await text('README.txt', README);
  await put('verify.cjs', [readFileSync(VERIFIER)]);
  let number = 0;
  for await (const file of files) {
    number++;
    if ('missing' in file) missing.push({ id: file.id, why: file.missing });
    else await put(`files/${String(number).padStart(2, '0')}-${safeName(file.name)}`, file.content);
  }
  const head = events.at(-1)?.hash ?? '';
  const manifest = {
    format: CASE_FORMAT,
    made: at,
    case: { ref: facts.ref, events: events.length, head },
    files: listed,
    missing,
  };
  zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`, 'utf8'), 'manifest.json', { mtime: at });
  zip.end();
  await written;
}

/** A name that every file system accepts, whatever the file is called. */
const safeName = (name: string): string => name.replace(/[^\p{L}\p{N}._-]+/gu, '_').slice(-100) || 'file';
