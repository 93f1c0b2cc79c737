import type { KnownBlock, ModalView } from '@slack/types';
import { STANDINGS } from '../../../domain/directory';
import { AREA_NAME_MAX, type GivenProvider } from '../../../domain/directory-rules';
import { STANDING_WORDS } from '../../../domain/sp-standing';
import { capital } from '../../../domain/wording';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { actions, field } from '../../lines';
import { holdButton } from '../../sp-hold';
import { mrkdwn, plainText } from '../../text';
import { choiceElement, homeWindow, lineElement } from './parts';

interface ProviderWindow {
  readonly memory: WindowMemory;
  readonly entries: GivenProvider;
  /** The existing areas; at least one. */
  readonly areas: readonly string[];
  readonly notice?: readonly KnownBlock[];
}

/** With more areas, the window would exceed Slack's limit, so the name is typed. */
const MOST_AREAS = 800;
const areaMenu = (areas: readonly string[], chosen: string) =>
  choiceElement(
    areas.map((area) => ({ value: area, label: area })),
    chosen || null,
    'Choose an area',
  );

/** Adds an SP (no key), or changes one, whose account number stays, because its cases refer to it. */
export function providerWindow({ memory, entries, areas, notice = [] }: ProviderWindow): ModalView {
  const isNew = memory.key === '';
  const account: KnownBlock = isNew
    ? field('account', 'Account number', lineElement(entries.account, 100), { hint: 'It cannot be changed later.' })
    : { type: 'section', text: mrkdwn('*Account number*'), fields: [plainText(entries.account)] };
  const optional = true;
  return homeWindow(
    'provider',
    { title: isNew ? 'Add an SP' : 'Change an SP', submit: isNew ? 'Add' : 'Save', memory },
    [
      ...notice,
      account,
      ...(isNew ? [] : [actions(holdButton(entries.account))]),
      field('name', 'Name', lineElement(entries.name, 200)),
      field(
        'area',
        'Area',
        areas.length > MOST_AREAS ? lineElement(entries.area, AREA_NAME_MAX) : areaMenu(areas, entries.area),
        { hint: 'Reports about the SP go to its Area Manager.' },
      ),
      field('phone', 'Phone', lineElement(entries.phone, 100), { optional }),
      field('email', 'Email', lineElement(entries.email, 254), { optional }),
      field(
        'status',
        'Status',
        choiceElement(
          STANDINGS.map((value) => ({ value, label: capital(STANDING_WORDS[value]) })),
          entries.status || 'active',
          'Choose a status',
        ),
        {
          hint: 'Forms warn about any status other than Active, and still take reports. What a case has set is kept apart from this, and only that case ends it.',
        },
      ),
    ],
  );
}
