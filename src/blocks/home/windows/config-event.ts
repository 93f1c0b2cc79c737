import type { KnownBlock, ModalView } from '@slack/types';
import type { ConfigEvent } from '../../../domain/configuration';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { dateToken, escapeWithin, mrkdwn } from '../../text';
import { changedLines, eventWords, whoWords } from '../config-words';
import { homeWindow } from './parts';

const MOST_CHANGES = 40;

/** One change of the configuration, value by value; `why`: the reason why it cannot be taken back, null when it can. */
export function configEventWindow(
  memory: WindowMemory,
  event: ConfigEvent,
  why: string | null,
  notice: readonly KnownBlock[] = [],
): ModalView {
  const changes = event.tally ? [] : changedLines(event);
  const isSmall = event.what === 'area' || event.what === 'provider';
  const isWhole = event.after === null || (event.before === null && isSmall) || !changes.length;
  const lines = changes.slice(0, MOST_CHANGES);
  const more = changes.length - lines.length;
  return homeWindow({
    id: 'config_event',
    title: 'A change',
    ...(why === null ? { submit: 'Revert' } : {}),
    memory,
    blocks: [
      ...notice,
      { type: 'section', text: mrkdwn(eventWords(event, isWhole ? 1 : 0)) },
      { type: 'context', elements: [mrkdwn(`${whoWords(event.by)} · ${dateToken(event.at)}`)] },
      ...(lines.length ? [{ type: 'divider' as const }, ...sections(lines)] : []),
      ...(more > 0 ? [context(`and ${more} more`)] : []),
      { type: 'divider' },
      context(
        why === null
          ? 'Revert restores what was there before, and nothing else. The history shows it as a change of its own.'
          : escapeWithin(why, 1000),
      ),
    ],
  });
}

const context = (text: string): KnownBlock => ({ type: 'context', elements: [mrkdwn(text)] });

/** Lines in as few sections as Slack's limit of 3,000 characters allows. */
function sections(lines: readonly string[]): KnownBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length < 2900) texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line.slice(0, 2900));
  }
  return texts.map((text) => ({ type: 'section', text: mrkdwn(text) }));
}
