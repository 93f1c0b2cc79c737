import fc from 'fast-check';
import type { JsonObject } from '../client-protocol';
import { BLOCKS_TEXT_MAX, inputElements, validateMessage, validateView, withBlockIds } from '.';
import { legalBlocks, legalModal } from './legal.fixture';
import { textLength } from './rules';

const runs = { numRuns: 100 };
const verdict = (answer: ReturnType<typeof validateView> | ReturnType<typeof validateMessage>) =>
  answer.ok ? [] : [answer.error, ...answer.messages];

it('accepts every legal modal, and returns it unchanged', () => {
  fc.assert(
    fc.property(legalModal, (view) => {
      const answer = validateView(view, 'modal');
      expect(verdict(answer)).toEqual([]);
      expect(answer).toEqual({ ok: true, view });
    }),
    runs,
  );
});

it('accepts every legal message', () => {
  fc.assert(
    fc.property(legalBlocks(5), (blocks) => {
      fc.pre(textLength(blocks) <= BLOCKS_TEXT_MAX);
      expect(verdict(validateMessage({ blocks }))).toEqual([]);
    }),
    runs,
  );
});

it('refuses any legal modal once one block has an unknown property, and says where', () => {
  fc.assert(
    fc.property(legalModal, fc.nat(), (view, pick) => {
      const blocks = view.blocks as JsonObject[];
      const index = pick % blocks.length;
      const spoilt = blocks.map((block, at) => (at === index ? { ...block, surplus: 1 } : block));
      expect(verdict(validateView({ ...view, blocks: spoilt }))).toContain(
        `[ERROR] invalid additional property: surplus [json-pointer:/view/blocks/${index}]`,
      );
    }),
    runs,
  );
});

it('keeps a legal modal legal when ids are filled in, one value for each input', () => {
  fc.assert(
    fc.property(legalModal, (view) => {
      const blocks = withBlockIds(view.blocks as JsonObject[]);
      expect(verdict(validateView({ ...view, blocks }))).toEqual([]);
      const keys = inputElements(blocks).map(({ blockId, actionId }) => `${blockId} ${actionId}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.every((key) => /^\S+ \S+$/.test(key))).toBe(true);
    }),
    runs,
  );
});

it('answers any input with a verdict, never with an exception', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('section', 'input', 'actions', 'table', 'rich_text'), (junk, type) => {
      for (const blocks of [junk, [junk], [{ type, text: junk, element: junk, elements: junk, rows: junk }]]) {
        expect(validateMessage({ text: 'x', blocks, attachments: junk, metadata: junk })).toHaveProperty('ok');
        expect(validateView({ type: 'modal', title: junk, blocks })).toHaveProperty('ok', false);
      }
      expect(validateView(junk)).toHaveProperty('ok', false);
    }),
    runs,
  );
});
