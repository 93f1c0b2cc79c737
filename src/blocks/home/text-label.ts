import { KINDS } from '../../domain/kinds';
import type { TextTemplate } from '../../domain/texts';

/** The name of a closing text: its form, and when it is read out. */
export const textLabel = ({ kind, when }: Pick<TextTemplate, 'kind' | 'when'>): string =>
  when ? `${KINDS[kind].label}, ${when}` : KINDS[kind].label;
