import { catalogueBlocks } from '../../../blocks/home/catalogue';
import { CATALOGUE_KEYS, listOf } from '../../../domain/catalogue';
import { catalogueKeyOf } from '../../../domain/catalogue-rules';
import { pageWithin } from '../../../domain/desk';
import type { Part } from './part';

/** A list of the starter set fits whole. */
const SIZE = 20;

/** The answer options of the forms (domain section 3). */
export const cataloguePart: Part = {
  id: 'catalogue',
  label: 'Answer options',
  async draw({ directory }, _person, { page: asked, args }) {
    const list = catalogueKeyOf(args.list) ?? CATALOGUE_KEYS[0];
    const all = listOf(await directory.catalogue(), list);
    const page = pageWithin(asked, all.length, SIZE);
    const options = all.slice(page * SIZE, (page + 1) * SIZE);
    return catalogueBlocks({ list, options, page, size: SIZE, total: all.length });
  },
};
