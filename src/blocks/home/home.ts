import type { HomeView, KnownBlock } from '@slack/types';
import type { CaseFacts } from '../../domain/case';
import { stateWord } from '../../domain/moves';
import { type Part, richLines, WHEN } from '../rich-text';
import { sjNumber, spName } from '../subject';
import { mrkdwn, plainText } from '../text';

interface Desk {
  readonly mine: readonly CaseFacts[];
  readonly filed: readonly CaseFacts[];
}

/** A person's Home: what is theirs to do first, then what they filed. */
export const homeView = ({ mine, filed }: Desk): HomeView => ({
  type: 'home',
  blocks: [
    ...list('Yours to answer', mine, 'Nothing waits for you. New cases of your area come to its channel.'),
    { type: 'divider' },
    ...list('What you filed', filed, 'Nothing yet. Type `/sp-feedback` in any channel to file your first report.'),
  ],
});

function list(title: string, cases: readonly CaseFacts[], empty: string): KnownBlock[] {
  const header: KnownBlock = { type: 'header', text: plainText(title) };
  if (!cases.length) return [header, { type: 'section', text: mrkdwn(empty) }];
  return [header, ...cases.map((facts) => richLines(row(facts)))];
}

function row(facts: CaseFacts): Part[][] {
  const clock = facts.clocks[0];
  return [
    [{ bold: facts.ref }, ` ${facts.title}`],
    [
      `SP ${spName(facts)}  ·  SJ ${sjNumber(facts)}  ·  ${stateWord(facts.state)}`,
      ...(facts.owner ? ['  ·  with ', { user: facts.owner } as Part] : []),
      ...(clock ? ['  ·  due ', { date: clock.dueAt, format: WHEN } as Part] : []),
    ],
  ];
}
