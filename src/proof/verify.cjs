// biome-ignore-all lint/style/noExcessiveLinesPerFile: this one file goes into every export and runs alone there
// @ts-check
'use strict';
/*
 * Proves a record without Warmline: `node verify.cjs FOLDER`, or a FILE.ndjson with all cases, `--anchors FILE` with
 * the anchors that someone received (docs/records.md has the formats). Plain JavaScript on Node's own modules: this
 * very file goes into every export, and Warmline itself checks its records with it (domain section 10).
 */
const { createHash } = require('node:crypto');
const { createReadStream, existsSync, readdirSync, readFileSync, statSync } = require('node:fs');
const { join, relative, sep } = require('node:path');

/** The formats that this verifier reads. */
const CASE_FORMAT = 'warmline-case/1';
const RECORDS_FORMAT = 'warmline-records/1';

/**
 * A stored event. Its hash covers the case, its number, time, type, the hash of its contents, and the hash of the event
 * before it. The contents (who, what caused it, what was said) are hashed with their own salt: once both are erased,
 * the chain still holds, and no one can guess the contents. Events without `content` have the first format, whose hash
 * covers everything.
 * @typedef {object} Sealed
 * @property {number} seq
 * @property {Date | string} at
 * @property {string} type
 * @property {string} [actor]
 * @property {string | null} [key]
 * @property {unknown} [data]
 * @property {string} [salt]
 * @property {string} [content]
 * @property {string} previous
 * @property {string} hash
 * @property {true} [erased] Its contents were erased by retention.
 */

/** @param {string[]} parts */
const sha256 = (...parts) => createHash('sha256').update(parts.join('\n')).digest('hex');

/**
 * The same text for the same content: keys sorted, dates as ISO strings.
 * @param {unknown} value
 * @returns {string}
 */
function canonical(value) {
  if (value instanceof Date) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((one) => (one === undefined ? 'null' : canonical(one))).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const record = /** @type {Record<string, unknown>} */ (value);
  const fields = Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(record[key])}`);
  return `{${fields.join(',')}}`;
}

/**
 * The hash of an event's contents.
 * @param {string} salt
 * @param {Pick<Sealed, 'actor' | 'key' | 'data'>} event
 */
const contentHash = (salt, { actor, key, data }) => sha256(salt, canonical({ actor, key, data }));

/**
 * The hash that the next event includes.
 * @param {string} caseId
 * @param {Pick<Sealed, 'seq' | 'at' | 'type' | 'previous'> & { content: string }} event
 */
const eventHash = (caseId, { seq, at, type, content, previous }) =>
  sha256(canonical({ case: caseId, seq, at, type, content, previous }));

/**
 * Why an event does not fit its position, or null.
 * @param {string} caseId
 * @param {Sealed} event
 * @param {{ readonly seq: number, readonly hash: string }} before The event before it; number 0 with an empty hash for
 * none.
 * @returns {string | null}
 */
function faultOf(caseId, event, before) {
  if (event.seq !== before.seq + 1) return `event ${before.seq + 1} is missing; event ${event.seq} stands in its place`;
  if (event.previous !== before.hash) return `event ${event.seq} does not follow the event before it`;
  const { previous, hash, content, salt, ...first } = event;
  if (content === undefined) {
    const holds = event.erased ? /^[0-9a-f]{64}$/.test(hash) : sha256(previous, canonical(first)) === hash;
    return holds ? null : `event ${event.seq} was changed`;
  }
  const isWhole = event.erased
    ? salt === undefined && event.actor === undefined && event.key === undefined && event.data === undefined
    : salt !== undefined && contentHash(salt, event) === content;
  return isWhole && eventHash(caseId, { ...event, content }) === hash ? null : `event ${event.seq} was changed`;
}

/**
 * Follows the chain of one case, event by event, from the first.
 * @param {string} caseId
 */
function followChain(caseId) {
  const head = { seq: 0, hash: '', erased: 0 };
  return {
    head,
    /**
     * Why it breaks at this event, or null.
     * @param {Sealed} event
     */
    next(event) {
      const fault = faultOf(caseId, event, head);
      head.seq = event.seq;
      head.hash = event.hash;
      head.erased += event.erased ? 1 : 0;
      return fault;
    },
  };
}

/** @typedef {{ faults: string[], notes: string[] }} Verdict */

/**
 * An unpacked export of one case: every file in the manifest, and the chain of its events.
 * @param {string} folder
 * @returns {Promise<Verdict>}
 */
async function verifyFolder(folder) {
  /** @type {string[]} */
  const faults = [];
  const { format, files, case: named } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  if (format !== CASE_FORMAT)
    return { faults: [`manifest.json is of the format ${format}, which this verifier does not read`], notes: [] };
  const listed = new Set(['manifest.json', ...files.map((/** @type {{ path: string }} */ { path }) => path)]);
  for (const path of filesBelow(folder)) if (!listed.has(path)) faults.push(`${path} is not part of the export`);
  for (const { path, bytes, sha256: expected } of files) {
    const file = join(folder, path);
    if (!existsSync(file)) faults.push(`${path} is missing`);
    else if (statSync(file).size !== bytes || (await fileHash(file)) !== expected) faults.push(`${path} was changed`);
  }
  if (!existsSync(join(folder, 'case.json'))) return { faults, notes: [] };
  const record = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));
  const chain = followChain(record.id);
  for (const event of record.events) {
    const fault = chain.next(event);
    if (fault) faults.push(`${record.case.ref}: ${fault}`);
  }
  if (chain.head.seq !== named.events || chain.head.hash !== named.head || record.case.ref !== named.ref)
    faults.push(`${named.ref} ends with another event than the manifest says`);
  return { faults, notes: [`${named.ref}: ${chain.head.seq} events, ${files.length} files, head ${chain.head.hash}`] };
}

/**
 * @param {string} folder
 * @param {string} [root]
 * @returns {string[]}
 */
function filesBelow(folder, root = folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path, root) : [relative(root, path).split(sep).join('/')];
  });
}

/** @param {string} file */
async function fileHash(file) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

/**
 * The published hash of all cases that changed since the previous anchor.
 * @param {{ number: number, at: Date | string, previous: string, digest: string }} anchor
 */
const anchorHash = ({ number, at, previous, digest }) => sha256(canonical({ number, at, previous, digest }));

/**
 * One line of an anchor's digest, in the order of the cases.
 * @param {string} caseId
 * @param {number} seq
 * @param {string} hash
 */
const anchorLine = (caseId, seq, hash) => `${caseId} ${seq} ${hash}\n`;

/**
 * An export of all cases, one per line, read as a stream: every chain, every anchor, and that nothing is missing.
 * `kept`: anchors by number, as someone else received and kept them.
 * @param {AsyncIterable<string>} lines
 * @param {ReadonlyMap<number, string>} [kept]
 * @returns {Promise<Verdict>}
 */
async function verifyLines(lines, kept = new Map()) {
  /** @type {string[]} */
  const faults = [];
  /** @type {Map<number, import('node:crypto').Hash>} */
  const digests = new Map();
  const all = createHash('sha256');
  const seen = { cases: 0, events: 0, erased: 0, anchors: 0, id: '', anchor: '', lines: 0, isWhole: false };
  for await (const text of lines) {
    const line = parsed(text);
    seen.lines += 1;
    if (seen.lines === 1 && line?.format !== RECORDS_FORMAT)
      return { faults: [`the file does not begin as ${RECORDS_FORMAT} does`], notes: [] };
    if (!line) faults.push(`line ${seen.lines} cannot be read`);
    else if (seen.isWhole) faults.push('something follows the last line of the export');
    else if (line.end) {
      seen.isWhole = true;
      if (
        line.end.cases !== seen.cases ||
        line.end.anchors !== seen.anchors ||
        line.end.digest !== all.copy().digest('hex')
      )
        faults.push(
          'a line was added, dropped, moved or changed: the last line of the export counts and hashes all others',
        );
    } else if (line.anchor) faults.push(...anchorFaults(line.anchor, digests, seen, kept));
    else if (line.events) faults.push(...caseFaults(line, digests, seen));
    if (!line?.end) all.update(`${text}\n`);
  }
  if (!seen.isWhole) faults.push('the export is cut off: its last line is missing');
  const { cases, events, erased, anchors } = seen;
  for (const number of kept.keys())
    if (number > anchors)
      faults.push(`anchor ${number} is missing: someone received it, and the export has no such anchor`);
  return {
    faults,
    notes: [`${cases} cases, ${events} events (${erased} of them erased as retention asks), ${anchors} anchors`],
  };
}

/**
 * @param {{ id: string, ref: string, events: Sealed[], anchored: [number, number, string][] }} line
 * @param {Map<number, import('node:crypto').Hash>} digests
 * @param {{ cases: number, events: number, erased: number, id: string }} seen
 */
function caseFaults({ id, ref, events, anchored }, digests, seen) {
  const faults = id > seen.id ? [] : [`${ref} is not in its place`];
  const chain = followChain(id);
  for (const event of events) {
    const fault = chain.next(event);
    if (fault) faults.push(`${ref}: ${fault}`);
  }
  for (const [number, seq, hash] of anchored) {
    if (events[seq - 1]?.hash !== hash)
      faults.push(`${ref}: event ${seq} is not the one that anchor ${number} was made of`);
    const digest = digests.get(number) ?? createHash('sha256');
    digests.set(number, digest.update(anchorLine(id, seq, hash)));
  }
  seen.id = id;
  seen.cases += 1;
  seen.events += events.length;
  seen.erased += chain.head.erased;
  return faults;
}

/**
 * @param {{ number: number, at: string, previous: string, digest: string, hash: string }} anchor
 * @param {Map<number, import('node:crypto').Hash>} digests
 * @param {{ anchors: number, anchor: string }} seen
 * @param {ReadonlyMap<number, string>} kept
 */
function anchorFaults(anchor, digests, seen, kept) {
  const { number, previous, digest, hash } = anchor;
  const isWhole =
    number === seen.anchors + 1 &&
    previous === seen.anchor &&
    digest === (digests.get(number) ?? createHash('sha256')).digest('hex') &&
    hash === anchorHash(anchor);
  seen.anchors += 1;
  seen.anchor = hash;
  if ((kept.get(number) ?? hash) !== hash) return [`anchor ${number} is not the one that was received`];
  return isWhole ? [] : [`anchor ${number} is not what the cases say: compare it with the one that was posted`];
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * Anchors as a receiver kept them, one per line: `{"number", "hash"}`, or the whole body posted to it.
 * @param {string} path
 */
function keptAnchors(path) {
  /** @type {Map<number, string>} */
  const kept = new Map();
  for (const [i, text] of readFileSync(path, 'utf8').split('\n').entries()) {
    if (!text.trim()) continue;
    const line = parsed(text);
    const { number, hash } = line?.data ?? line ?? {};
    if (!Number.isInteger(number) || typeof hash !== 'string') throw new Error(`line ${i + 1} of ${path} is no anchor`);
    kept.set(number, hash);
  }
  return kept;
}

/**
 * @param {string} path
 * @param {ReadonlyMap<number, string>} kept
 */
const verify = (path, kept) => (statSync(path).isDirectory() ? verifyFolder(path) : verifyLines(linesOf(path), kept));

/**
 * The lines of a file. Not by `node:readline`, for which a line also ends at U+2028: texts from other programs have it.
 * @param {string} path
 */
async function* linesOf(path) {
  let rest = '';
  for await (const piece of createReadStream(path, 'utf8')) {
    const lines = `${rest}${piece}`.split(/\r?\n/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest) yield rest;
}

/** @param {readonly string[]} given */
async function main(given) {
  const at = given.indexOf('--anchors');
  const from = at < 0 ? null : given[at + 1];
  if (from === undefined) throw new Error('name the file of anchors behind --anchors');
  const kept = from === null ? new Map() : keptAnchors(from);
  const paths = at < 0 ? given : given.filter((_, i) => i !== at && i !== at + 1);
  for (const path of paths.length ? paths : [__dirname]) {
    const { faults, notes } = await verify(path, kept);
    for (const note of notes) console.log(note);
    for (const fault of faults) console.log(`FAULT  ${fault}`);
    console.log(
      faults.length
        ? `${path}: ${faults.length === 1 ? '1 fault' : `${faults.length} faults`}. This record was changed after it was made.`
        : `${path}: whole.`,
    );
    if (faults.length) process.exitCode = 1;
  }
}

module.exports = {
  CASE_FORMAT,
  RECORDS_FORMAT,
  sha256,
  canonical,
  contentHash,
  eventHash,
  followChain,
  anchorHash,
  anchorLine,
  verifyFolder,
  verifyLines,
};

if (require.main === module)
  main(process.argv.slice(2)).catch((error) => {
    console.error(`The record cannot be read: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 2;
  });
