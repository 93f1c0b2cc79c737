import type { KnownBlock } from '@slack/types';
import type { SpOffer } from '../../domain/directory';
import { literalSection } from '../lines';
import { isolated, truncate } from '../text';

/** The SPs that a name may mean, as buttons to look one up. */
export function spChoices({ name, providers, isMore }: SpOffer): { text: string; blocks: KnownBlock[] } {
  const line = (text: string): KnownBlock => literalSection(text);
  if (!providers.length) {
    const text = `No SP goes by “${truncate(name, 60)}”. Check the spelling, or type the account number.`;
    return { text: 'No SP found', blocks: [line(text)] };
  }
  const head = `Several SPs go by “${truncate(name, 60)}”. Type /sp with one of these accounts:`;
  const rows = providers.map((provider) => `${provider.account} · ${isolated(provider.name)} · ${provider.area}`);
  const rest = isMore ? ['… and more: type more of the name.'] : [];
  return { text: `SPs found: ${providers.length}`, blocks: [line(head), line([...rows, ...rest].join('\n'))] };
}
