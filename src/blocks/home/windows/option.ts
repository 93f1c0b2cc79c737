import type { KnownBlock, ModalView } from '@slack/types';
import type { CatalogueKey } from '../../../domain/catalogue';
import { LABEL_MAX, LISTS } from '../../../domain/catalogue-rules';
import { EXCEPTION_CODES } from '../../../domain/exception-codes';
import type { Option } from '../../../domain/forms/form';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { field, literalSection, note } from '../../lines';
import { choiceElement, homeWindow, lineElement, optionOf } from './parts';

/** A new option as its window shows it. */
export interface OptionEntries {
  readonly label: string;
  readonly exceptionCode: string;
  readonly highRisk: boolean;
}
/** The value for no exception code, because a menu's option needs one. */
export const NO_CODE = '-';

/** Adds an option to a list. */
export function optionAddWindow(
  memory: WindowMemory,
  list: CatalogueKey,
  { label, exceptionCode, highRisk }: OptionEntries,
  notice: readonly KnownBlock[] = [],
): ModalView {
  const { label: name, tone } = LISTS[list];
  const codes = [NO_CODE, ...EXCEPTION_CODES].map((code) => ({ value: code, label: code === NO_CODE ? 'None' : code }));
  const sign = { value: 'yes', label: 'Offers to continue as a high-risk report' };
  return homeWindow('option', { title: 'Add an option', submit: 'Add', memory }, [
    ...notice,
    literalSection(name),
    field('label', 'Label', lineElement(label, LABEL_MAX), { hint: 'What the agent chooses.' }),
    ...(tone === 'negative'
      ? [
          field('exceptionCode', 'Exception code', choiceElement(codes, exceptionCode || NO_CODE, 'Choose a code'), {
            hint: 'What it counts as in scorecards and repeat rules. It cannot be changed later.',
          }),
          field(
            'highRisk',
            'High risk',
            {
              type: 'checkboxes',
              options: [optionOf(sign)],
              ...(highRisk ? { initial_options: [optionOf(sign)] } : {}),
            },
            { optional: true },
          ),
        ]
      : []),
    note('It appears at the end of the list, in every form opened from now on.'),
  ]);
}

/** Renames an option; its code, and so what it counts as, stays. */
export const optionRenameWindow = (
  memory: WindowMemory,
  list: CatalogueKey,
  label: string,
  notice: readonly KnownBlock[] = [],
): ModalView =>
  homeWindow('option', { title: 'Rename an option', submit: 'Rename', memory }, [
    ...notice,
    literalSection(LISTS[list].label),
    field('label', 'Label', lineElement(label, LABEL_MAX)),
    note(
      'Reports that have it show the new label too, so rename only what keeps its meaning. Otherwise, retire it and add another.',
    ),
  ]);

/** Asks before an option is retired or brought back; `fault`: why that is impossible. */
export function optionRetireWindow(
  memory: WindowMemory,
  list: CatalogueKey,
  { label, retired }: Option,
  { fault = null, notice = [] }: { fault?: string | null; notice?: readonly KnownBlock[] } = {},
): ModalView {
  return homeWindow(
    'option_retire',
    {
      title: retired ? 'Bring back an option' : 'Retire an option',
      submit: fault ? undefined : retired ? 'Bring back' : 'Retire',
      memory,
    },
    [
      ...notice,
      literalSection(
        fault ?? `${LISTS[list].label}: ${retired ? 'offer' : 'stop offering'} “${label}”${retired ? ' again' : ''}?`,
      ),
      note(
        retired
          ? 'It returns to where it was, under the same code.'
          : 'Forms stop offering it. Reports, searches and exports that have it keep its label, and it can be brought back.',
      ),
    ],
  );
}
