import type { KnownBlock } from '@slack/types';
import type { CaseEvent, CaseFacts } from '../domain/case';
import { outcomeLabel } from '../domain/outcomes';
import { OPEN_CARD } from '../slack/ids/open-card';
import { type EventMessage, nudgeWords } from './cards/thread-line';
import { type Part, quote, richLines, WHEN } from './rich-text';
import { escapeText, plainText } from './text';

/** A button that leads to the card. */
const cardLink = (url: string | null): KnownBlock[] =>
  url
    ? [{ type: 'actions', elements: [{ type: 'button', action_id: OPEN_CARD, text: plainText('Open the card'), url }] }]
    : [];

const about = ({ ref, title, sp, sj }: CaseFacts): Part[] => [
  { bold: ref },
  ` ${title}  ·  SP ${sp.name ?? sp.account}  ·  SJ ${sj}`,
];

/**
 * What a person is told by DM about an event of a case: the agent who filed it, an owner it was handed to, somebody a
 * nudge is for (domain sections 7 and 8). Null when there is nothing to say. `card` is the link to the card, if any.
 */
export function eventDm(facts: CaseFacts, event: CaseEvent, card: string | null): EventMessage | null {
  const say = (text: string, line: readonly Part[], quoted = ''): EventMessage => ({
    text: `${facts.ref}: ${text}`,
    blocks: [richLines([line, about(facts)]), ...(quoted ? [quote(quoted)] : []), ...cardLink(card)],
  });
  switch (event.type) {
    case 'acknowledged':
      return say('acknowledged', [
        '👀 ',
        { user: event.actor },
        ' is on your report. You can tell the customer: you will hear from us by ',
        { date: event.data.nextUpdateBy, format: WHEN },
        '.',
      ]);
    case 'resolved': {
      const outcome = outcomeLabel(event.data.outcome);
      const line: Part[] = [
        '✅ ',
        { user: event.actor },
        ' resolved your report: ',
        { bold: outcome },
        event.data.text ? '. You can tell the customer:' : '.',
      ];
      return say(`resolved, ${escapeText(outcome)}`, line, event.data.text);
    }
    case 'reassigned':
      return say('handed to you', ['🔁 ', { user: event.actor }, ' handed you this case:'], event.data.summary);
    case 'nudged':
      return say('waits for you', ['⏰ ', ...nudgeWords(event)]);
    default:
      return null;
  }
}
