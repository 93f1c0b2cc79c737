import { BLOCKS_TEXT_MAX, METADATA_MAX, validateMessage } from '.';
import { chars, mrkdwn, plain } from './examples.fixture';

const ok = { ok: true };
const divider = { type: 'divider' };
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const metadata = (event_payload: unknown) => ({ event_type: 'warmline_delivery', event_payload });

it('needs something to show', () => {
  expect(validateMessage({})).toEqual({ ok: false, error: 'no_text', messages: [] });
  expect(validateMessage({ text: '', blocks: [], attachments: [] })).toMatchObject({ error: 'no_text' });
  expect(validateMessage({ text: 'x' })).toEqual(ok);
  expect(validateMessage({ blocks: [divider] })).toEqual(ok);
  expect(validateMessage({ attachments: [{ text: 'x' }] })).toEqual(ok);
});

it.each([[{}], ['[]'], [[1]], [[null]], [[[]]]])('treats %j as no blocks', (blocks) => {
  expect(validateMessage({ text: 'x', blocks })).toMatchObject({ ok: false, error: 'invalid_blocks_format' });
});

it('points into the blocks', () => {
  expect(validateMessage({ blocks: [divider, section('')] })).toEqual({
    ok: false,
    error: 'invalid_blocks',
    messages: [
      '[ERROR] failed to match all allowed schemas [json-pointer:/blocks/1/text]',
      '[ERROR] must be more than 0 characters [json-pointer:/blocks/1/text/text]',
    ],
  });
  expect(
    validateMessage({
      blocks: [
        { ...divider, block_id: 'a' },
        { ...divider, block_id: 'a' },
      ],
    }),
  ).toEqual({
    ok: false,
    error: 'invalid_blocks',
    messages: ['[ERROR] block_id `a` already exists [json-pointer:/blocks/1/block_id]'],
  });
});

it('points into a container', () => {
  const twice = { ...divider, block_id: 'a' };
  expect(
    validateMessage({ blocks: [{ type: 'container', title: plain('x'), child_blocks: [twice, twice] }] }),
  ).toMatchObject({
    messages: ['[ERROR] block_id `a` already exists [json-pointer:/blocks/0/child_blocks/1/block_id]'],
  });
});

it('allows a limited amount of text in all blocks together', () => {
  const full = Array.from({ length: 4 }, () => section(chars(3000)));
  const rest = BLOCKS_TEXT_MAX - 12_000;
  expect(validateMessage({ blocks: [...full, section(chars(rest))] })).toEqual(ok);
  expect(validateMessage({ blocks: [...full, section(chars(rest + 1))] })).toMatchObject({
    error: 'msg_blocks_too_long',
  });
});

it('adds up markdown blocks', () => {
  const markdown = (count: number) => ({ type: 'markdown', text: chars(count) });
  expect(validateMessage({ blocks: [markdown(6000), markdown(6000)] })).toEqual(ok);
  expect(validateMessage({ blocks: [markdown(6000), markdown(6001)] })).toMatchObject({ error: 'invalid_blocks' });
});

describe('attachments', () => {
  const many = (count: number) => Array.from({ length: count }, () => ({ text: 'x' }));
  it('are at most 100', () => {
    expect(validateMessage({ attachments: many(100) })).toEqual(ok);
    expect(validateMessage({ attachments: many(101) })).toMatchObject({ error: 'too_many_attachments' });
  });
  it.each([['x'], [['x']], [[{ blocks: [{ type: 'x' }] }]], [[{ text: 1 }]]])('refuses %j', (attachments) => {
    expect(validateMessage({ text: 'x', attachments })).toMatchObject({ error: 'invalid_attachments' });
  });
  it('have blocks under the same rules', () => {
    expect(validateMessage({ attachments: [{ color: '#ccc', blocks: [section('x')] }] })).toEqual(ok);
    const twice = { ...divider, block_id: 'a' };
    expect(validateMessage({ attachments: [{ text: 'x' }, { blocks: [twice, twice] }] })).toEqual({
      ok: false,
      error: 'invalid_attachments',
      messages: ['[ERROR] block_id `a` already exists [json-pointer:/attachments/1/blocks/1/block_id]'],
    });
  });
});

describe('metadata', () => {
  it.each([
    [{ delivery_id: 'd1', attempt: 2, final: true }],
    [{ case: { ref: 'SPF-000123', version: 3 } }],
    [{ list: ['a', 1, false], cases: [{ ref: 'a' }, { ref: 'b' }] }],
    [{}],
  ])('may hold %j', (payload) => {
    expect(validateMessage({ text: 'x', metadata: metadata(payload) })).toEqual(ok);
  });
  it.each([
    [{ a: null }],
    [{ a: { b: { c: 1 } } }],
    [{ a: { b: ['c'] } }],
    [{ a: [['b']] }],
    [{ a: [{ b: {} }] }],
    ['x'],
    [undefined],
  ])('may not hold %j', (payload) => {
    expect(validateMessage({ text: 'x', metadata: metadata(payload) })).toMatchObject({
      error: 'invalid_metadata_schema',
    });
  });
  it('is an object with its two keys, or empty to clear it', () => {
    expect(validateMessage({ text: 'x', metadata: {} })).toEqual(ok);
    expect(validateMessage({ text: 'x', metadata: 'x' })).toMatchObject({ error: 'invalid_metadata_format' });
    expect(validateMessage({ text: 'x', metadata: { event_type: 'x' } })).toMatchObject({
      error: 'invalid_metadata_schema',
      messages: ['[ERROR] missing required field: event_payload [json-pointer:/metadata/event_payload]'],
    });
  });
  it('has a size', () => {
    const empty = JSON.stringify(metadata({ a: '' })).length;
    expect(validateMessage({ text: 'x', metadata: metadata({ a: chars(METADATA_MAX - empty) }) })).toEqual(ok);
    expect(validateMessage({ text: 'x', metadata: metadata({ a: chars(METADATA_MAX - empty + 1) }) })).toMatchObject({
      error: 'metadata_too_large',
    });
  });
});
