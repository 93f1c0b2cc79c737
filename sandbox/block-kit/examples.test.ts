import { validateMessage, validateView } from '.';
import { BLOCK_EXAMPLES, ELEMENT_EXAMPLES, home, input, modal, wire } from './examples.fixture';

const accepted = { ok: true };
const MESSAGE_ONLY = 'file markdown table data_table card carousel container context_actions task_card plan'.split(' ');
const INPUT_ONLY = 'plain_text_input number_input email_text_input url_text_input rich_text_input file_input'.split(
  ' ',
);
const NEVER_INPUT = 'button image overflow workflow_button'.split(' ');

describe.each(Object.values(BLOCK_EXAMPLES))('a complete $type block', (block) => {
  const { type } = block;
  it(type === 'alert' ? 'is refused in a message' : 'is accepted in a message', () => {
    expect(validateMessage({ blocks: [wire(block)] })).toMatchObject(
      type === 'alert'
        ? { ok: false, messages: ['[ERROR] unsupported type: alert [json-pointer:/blocks/0/type]'] }
        : accepted,
    );
  });
  it(MESSAGE_ONLY.includes(type) ? 'is refused in a modal' : 'is accepted in a modal', () => {
    expect(validateView(modal([block]), 'modal').ok).toBe(!MESSAGE_ONLY.includes(type));
  });
  it(MESSAGE_ONLY.includes(type) || type === 'alert' ? 'is refused on Home' : 'is accepted on Home', () => {
    expect(validateView(home([block]), 'home').ok).toBe(!MESSAGE_ONLY.includes(type) && type !== 'alert');
  });
  it('is refused with an unknown property', () => {
    const odd = wire({ ...block, color: 'red' });
    const answer = type === 'alert' ? validateView(modal([odd])) : validateMessage({ blocks: [odd] });
    const pointer = type === 'alert' ? '/view/blocks/0' : '/blocks/0';
    expect(answer).toMatchObject({
      ok: false,
      messages: expect.arrayContaining([`[ERROR] invalid additional property: color [json-pointer:${pointer}]`]),
    });
  });
});

describe.each(Object.values(ELEMENT_EXAMPLES))('a complete $type element', (element) => {
  const { type } = element;
  it(NEVER_INPUT.includes(type) ? 'is refused in an input block' : 'is accepted in an input block', () => {
    expect(validateView(modal([input(element)])).ok).toBe(!NEVER_INPUT.includes(type));
  });
  it(INPUT_ONLY.includes(type) ? 'is refused in a section' : 'is accepted in a section', () => {
    const section = { type: 'section', text: { type: 'plain_text', text: 'SP' }, accessory: element };
    expect(validateMessage({ blocks: [wire(section)] }).ok).toBe(!INPUT_ONLY.includes(type));
  });
  it('is refused without its type', () => {
    expect(validateView(modal([input({ ...element, type: undefined })]))).toMatchObject({
      ok: false,
      messages: expect.arrayContaining([
        '[ERROR] missing required field: type [json-pointer:/view/blocks/0/element/type]',
      ]),
    });
  });
});

it('accepts files only in modals', () => {
  const files = input(ELEMENT_EXAMPLES.file_input);
  expect(validateView(modal([files])).ok).toBe(true);
  expect(validateView(home([files])).ok).toBe(false);
  expect(validateMessage({ blocks: [files] }).ok).toBe(false);
});
