import type { HomeView, ModalView, PlainTextElement, SectionBlock } from '@slack/types';
import { plainText } from './text';

const section = (words: string): SectionBlock => ({
  type: 'section',
  text: plainText(words) satisfies PlainTextElement,
});

/** The window that an outsider sees instead of what they wanted to open or send. */
export const outsiderWindow = (words: string, title = 'Not for you'): ModalView => ({
  type: 'modal',
  title: plainText(title),
  close: plainText('Close'),
  blocks: [section(words)],
});

/** The Home of a guest who may do nothing. */
export const outsiderHome = (words: string): HomeView => ({ type: 'home', blocks: [section(words)] });
