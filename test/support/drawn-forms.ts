import type { AnyBlock, InputBlock } from '@slack/types';
import { type FormContext, formModal } from '../../src/blocks/forms/modal';
import { STARTER_CATALOGUE } from '../../src/domain/catalogue';
import { withInitial } from '../../src/domain/forms/engine';
import type { Answers, Catalogue, Fault, Form } from '../../src/domain/forms/form';
import { pagesOf } from '../../src/domain/forms/pages';
import { spFeedback } from '../../src/domain/kinds/sp-feedback/form';
import { isInput } from './forms';

const BARE: FormContext = {
  sp: { status: 'none' },
  preview: null,
  openCases: [],
  highRiskHint: false,
  supplied: {},
  told: null,
};

const metadata = { channel: 'C01', source: null };

/** One page of a form, drawn. */
export const draw = (
  answers: Answers,
  context: Partial<FormContext> = {},
  {
    form = spFeedback,
    catalogue = STARTER_CATALOGUE,
    faults = [],
    page,
    isOpening = false,
    more = false,
  }: { form?: Form; catalogue?: Catalogue; faults?: Fault[]; page?: string; isOpening?: boolean; more?: boolean } = {},
) =>
  formModal({
    form,
    answers,
    catalogue,
    context: { ...BARE, ...context },
    faults,
    metadata: { ...metadata, ...(page && { page }), ...(more && { more }) },
    isOpening,
  });

/** Every page of a form, drawn. */
export const drawAll = (
  answers: Answers,
  context: Partial<FormContext>,
  options: { form: Form; catalogue: Catalogue; faults?: Fault[]; more?: boolean },
) =>
  pagesOf(options.form, withInitial(options.form, answers)).map(({ id }) =>
    draw(answers, context, { ...options, page: id }),
  );

/** A block as JSON text; undefined if the view has none of this id. */
export const textOf = (blocks: readonly AnyBlock[], blockId: string) => {
  const block = blocks.find(({ block_id }) => block_id === blockId);
  return block ? JSON.stringify(block) : undefined;
};

/** An input by its id. */
export const input = (blocks: readonly AnyBlock[], id: string): InputBlock => {
  const block = blocks.filter(isInput).find(({ block_id }) => block_id === id);
  if (!block) throw new Error(`No input ${id}`);
  return block;
};

export const inputIds = (blocks: readonly AnyBlock[]) => blocks.filter(isInput).map(({ block_id }) => block_id);
