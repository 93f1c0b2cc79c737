import type { KnownBlock, ModalView } from '@slack/types';
import { type ConfigEvent, changesOf } from '../../../domain/configuration';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { dateToken, escapeWithin, mrkdwn } from '../../text';
import { changeWords, eventWords, whoWords } from '../config-words';
import { homeWindow } from './parts';

const MOST_CHANGES = 40;

/** One change of the configuration, value by value; `why`: the reason why it cannot be taken back, null when it can. */
export function configEventWindow(
  memory: WindowMemory,
  event: ConfigEvent,
  why: string | null,
  notice: readonly KnownBlock[] = [],
): ModalView {
  const changes = event.tally ? [] : changesOf(event);
  const lines = changes.slice(0, MOST_CHANGES).map((change): KnownBlock => {
    return { type: 'section', text: mrkdwn(`• ${changeWords(event.what, change, 1000)}`) };
  });
  const more = changes.length - lines.length;
  return homeWindow({
    id: 'config_event',
    title: 'A change',
    ...(why === null ? { submit: 'Revert' } : {}),
    memory,
    blocks: [
      ...notice,
      { type: 'section', text: mrkdwn(eventWords(event, lines.length && event.after !== null && event.before !== null ? 0 : 1)) },
      { type: 'context', elements: [mrkdwn(`${whoWords(event.by)} · ${dateToken(event.at)}`)] },
      ...(lines.length ? [{ type: 'divider' as const }, ...lines] : []),
      ...(more > 0 ? [context(`and ${more} more`)] : []),
      { type: 'divider' },
      context(why === null ? 'Revert puts back what stood on the left of each arrow, and nothing else. It is a change of its own in the history.' : escapeWithin(why, 1000)),
    ],
  });
}

const context = (text: string): KnownBlock => ({ type: 'context', elements: [mrkdwn(text)] });
