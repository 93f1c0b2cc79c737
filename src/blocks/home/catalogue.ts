import type { KnownBlock } from '@slack/types';
import { CATALOGUE_KEYS, type CatalogueKey } from '../../domain/catalogue';
import { LISTS } from '../../domain/catalogue-rules';
import type { Option } from '../../domain/forms/form';
import { homeArgId } from '../../slack/ids/home';
import { HOME_MORE, homeWindowId, packHomeMore } from '../../slack/ids/home-window';
import { escapeWithin, mrkdwn, plainText } from '../text';
import { pager } from './frame';
import { optionOf } from './windows/parts';

interface OptionList {
  readonly list: CatalogueKey;
  readonly options: readonly Option[];
  readonly page: number;
  readonly size: number;
  readonly total: number;
}

const CHOICES = CATALOGUE_KEYS.map((key) => ({ value: key, label: LISTS[key].label }));

/** The answer options of one list, in the order of the form. */
export function catalogueBlocks({ list, options, page, size, total }: OptionList): KnownBlock[] {
  const chosen = CHOICES.find(({ value }) => value === list);
  return [
    { type: 'header', text: plainText('Answer options') },
    {
      type: 'actions',
      elements: [
        {
          type: 'static_select',
          action_id: homeArgId('list'),
          placeholder: plainText('Choose a list'),
          options: CHOICES.map(optionOf),
          ...(chosen ? { initial_option: optionOf(chosen) } : {}),
        },
      ],
    },
    {
      type: 'context',
      elements: [
        plainText(
          'Changes show in forms right away. Forms no longer offer a retired option; reports that have it keep its label.',
        ),
      ],
    },
    ...(options.length
      ? options.map((option) => optionRow(list, option))
      : [{ type: 'section' as const, text: plainText('Nothing to choose from yet: add the first option.') }]),
    ...pager({ page, size, total }),
    {
      type: 'actions',
      elements: [
        { type: 'button', action_id: homeWindowId('option'), text: plainText('Add an option'), value: `${list}|` },
      ],
    },
  ];
}

function optionRow(list: CatalogueKey, { code, label, exceptionCode, highRisk, retired }: Option): KnownBlock {
  const name = escapeWithin(label, 300);
  const facts = [
    ...(exceptionCode ? [`counts as ${exceptionCode}`] : []),
    ...(highRisk ? [':warning: offers the high-risk form'] : []),
    ...(retired ? ['retired'] : []),
  ];
  return {
    type: 'section',
    text: mrkdwn([retired ? `~${name}~` : `*${name}*`, ...(facts.length ? [facts.join('  ·  ')] : [])].join('\n')),
    accessory: {
      type: 'overflow',
      action_id: HOME_MORE,
      options: [
        { text: plainText('Rename'), value: packHomeMore('option', `${list}|${code}`) },
        {
          text: plainText(retired ? 'Bring back' : 'Retire'),
          value: packHomeMore('option_retire', `${list}|${code}`),
        },
      ],
    },
  };
}
