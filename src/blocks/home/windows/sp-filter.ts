import type { ModalView } from '@slack/types';
import { SP_FILTER_CALLBACK } from '../../../slack/ids/desk';
import { asking, field } from '../../lines';

/** Asks for the SP to filter a queue by; remembers `place`, where on Home it was opened. */
export const spFilterWindow = (place: string, typed: string): ModalView =>
  asking(SP_FILTER_CALLBACK, { title: 'Filter by SP', submit: 'Show', memory: place }, [
    field(
      'sp',
      'SP name or account number',
      { type: 'plain_text_input', max_length: 60, focus_on_load: true, ...(typed ? { initial_value: typed } : {}) },
      {
        hint: 'Part of the name is enough, or the beginning of the number. Leave it empty for all SPs.',
        optional: true,
      },
    ),
  ]);
