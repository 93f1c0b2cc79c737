import type { KnownBlock } from '@slack/types';
import { CATALOGUE_KEYS, type CatalogueKey } from '../../domain/catalogue';
import { LISTS } from '../../domain/catalogue-rules';
import type { Option } from '../../domain/forms/form';
import { homeWindowId } from '../../slack/ids/home-window';
import { actions, button, header, literalSection, note, section } from '../lines';
import { escapeWithin } from '../text';
import { type Paged, pager } from './frame';
import { argMenu, rowMenu } from './menu';

interface OptionList extends Paged {
  readonly list: CatalogueKey;
  readonly options: readonly Option[];
}

const CHOICES = CATALOGUE_KEYS.map((key) => ({ value: key, label: LISTS[key].label }));

/** The answer options of one list, in the order of the form. */
export function catalogueBlocks({ list, options, page, size, total }: OptionList): KnownBlock[] {
  return [
    header('Answer options'),
    actions(argMenu('list', 'Choose a list', CHOICES, list)),
    note(
      'Changes show in forms right away. Forms no longer offer a retired option; reports that have it keep its label.',
    ),
    ...(options.length
      ? options.map((option) => optionRow(list, option))
      : [literalSection('Nothing to choose from yet: add the first option.')]),
    ...pager({ page, size, total }),
    actions(button(homeWindowId('option'), 'Add an option', `${list}|`)),
  ];
}

function optionRow(list: CatalogueKey, { code, label, exceptionCode, highRisk, retired }: Option): KnownBlock {
  const name = escapeWithin(label, 300);
  const facts = [
    ...(exceptionCode ? [`counts as ${exceptionCode}`] : []),
    ...(highRisk ? [':warning: offers the high-risk form'] : []),
    ...(retired ? ['retired'] : []),
  ];
  return section(
    [retired ? `~${name}~` : `*${name}*`, ...(facts.length ? [facts.join('  ·  ')] : [])].join('\n'),
    rowMenu(`${list}|${code}`, ['Rename', 'option'], [retired ? 'Bring back' : 'Retire', 'option_retire']),
  );
}
