import type { HomeView, ModalView } from '@slack/types';
import { literalSection, shown } from './lines';

/** The window that an outsider sees instead of what they wanted to open or send. */
export const outsiderWindow = (words: string, title: string): ModalView => shown(title, [literalSection(words)]);

/** The Home of a guest who may do nothing. */
export const outsiderHome = (words: string): HomeView => ({ type: 'home', blocks: [literalSection(words)] });
