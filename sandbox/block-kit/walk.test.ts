import { inputElements, validateMessage, validateView, withBlockIds } from '.';
import { BLOCK_EXAMPLES, ELEMENT_EXAMPLES, input, modal, options, plain, wire } from './examples.fixture';

const select = { type: 'static_select', action_id: 'outcome', options: options(2), placeholder: plain('Outcome') };
const button = { type: 'button', action_id: 'go', text: plain('Go') };

describe('the elements that keep a value', () => {
  it('are those of input blocks, dispatched only on demand', () => {
    const blocks = [
      input({ type: 'plain_text_input', action_id: 'text' }, { block_id: 'sj' }),
      input(select, { block_id: 'reason', dispatch_action: true, optional: true }),
    ];
    expect(inputElements(blocks)).toEqual([
      {
        blockId: 'sj',
        actionId: 'text',
        blockType: 'input',
        dispatch: false,
        optional: false,
        label: 'SJ Number',
        element: { type: 'plain_text_input', action_id: 'text' },
      },
      {
        blockId: 'reason',
        actionId: 'outcome',
        blockType: 'input',
        dispatch: true,
        optional: true,
        label: 'SJ Number',
        element: select,
      },
    ]);
  });

  it('are also those next to sections and in actions blocks, always dispatched, but not buttons or pictures', () => {
    const blocks = [
      { type: 'section', block_id: 's', text: plain('Who'), accessory: { ...select, action_id: 'who' } },
      { type: 'section', block_id: 'p', text: plain('Map'), accessory: ELEMENT_EXAMPLES.image },
      {
        type: 'actions',
        block_id: 'a',
        elements: [button, select, { ...ELEMENT_EXAMPLES.overflow, action_id: 'more' }],
      },
    ].map(wire);
    expect(
      inputElements(blocks).map(({ blockId, actionId, dispatch, label }) => [blockId, actionId, dispatch, label]),
    ).toEqual([
      ['s', 'who', true, 'Who'],
      ['a', 'outcome', true, 'Outcome'],
    ]);
  });

  it('are found within containers', () => {
    const child = wire({ type: 'actions', block_id: 'inner', elements: [select] });
    expect(inputElements([wire({ type: 'container', child_blocks: [child] })])).toMatchObject([{ blockId: 'inner' }]);
  });
});

describe('missing ids', () => {
  const ids = (blocks: ReturnType<typeof withBlockIds>) => blocks.map((block) => block.block_id);

  it('are generated, all different', () => {
    const blocks = withBlockIds(Array.from({ length: 100 }, () => wire({ type: 'divider' })));
    expect(new Set(ids(blocks)).size).toBe(100);
    expect(ids(blocks).every((id) => typeof id === 'string' && id.length > 0)).toBe(true);
  });

  it('are kept if given, and the argument does not change', () => {
    const given = [input({ ...select }, { block_id: 'reason' }), wire({ type: 'actions', elements: [button, select] })];
    const before = structuredClone(given);
    const [reason, moves] = withBlockIds(given);
    expect(reason).toEqual(given[0]);
    expect(moves).toMatchObject({ elements: [{ action_id: 'go' }, { action_id: 'outcome' }] });
    expect(given).toEqual(before);
  });

  it('are given to elements of every block, but not to pictures and texts', () => {
    const { action_id: _, ...anonymous } = button;
    const blocks = withBlockIds(
      [
        input({ type: 'plain_text_input' }),
        { type: 'section', text: plain('x'), accessory: anonymous },
        { type: 'section', text: plain('x'), accessory: ELEMENT_EXAMPLES.image },
        BLOCK_EXAMPLES.context,
        { type: 'container', title: plain('x'), child_blocks: [{ type: 'actions', elements: [anonymous] }] },
      ].map(wire),
    );
    const made = expect.stringMatching(/^[\w-]{5}$/);
    expect(blocks).toMatchObject([
      { block_id: made, element: { action_id: made } },
      { block_id: made, accessory: { action_id: made } },
      { accessory: ELEMENT_EXAMPLES.image },
      { elements: BLOCK_EXAMPLES.context.elements },
      { child_blocks: [{ block_id: made, elements: [{ action_id: made }] }] },
    ]);
    expect(blocks[2]).not.toHaveProperty('accessory.action_id');
  });

  it('leave every legal block legal', () => {
    for (const block of Object.values(BLOCK_EXAMPLES)) {
      const blocks = withBlockIds([wire(block)]);
      const answer = block.type === 'alert' ? validateView(modal(blocks)) : validateMessage({ blocks });
      expect({ type: block.type, ...answer }).toMatchObject({ type: block.type, ok: true });
    }
  });
});
