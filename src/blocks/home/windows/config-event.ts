import type { KnownBlock, ModalView } from '@slack/types';
import type { ConfigEvent } from '../../../domain/configuration';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { remark, section, sections } from '../../lines';
import { dateToken, escapeWithin } from '../../text';
import { changedLines, eventWords, whoWords } from '../config-words';
import { homeWindow } from './parts';

const MOST_CHANGES = 40;

/** One configuration change, value by value; `why`: why it cannot be undone, or null. */
export function configEventWindow(
  memory: WindowMemory,
  event: ConfigEvent,
  why: string | null,
  notice: readonly KnownBlock[] = [],
): ModalView {
  const changes = event.tally || event.what === 'sp_hold' ? [] : changedLines(event);
  const isSmall = event.what === 'area' || event.what === 'provider';
  const isWhole = event.after === null || (event.before === null && isSmall) || !changes.length;
  const lines = changes.slice(0, MOST_CHANGES);
  const more = changes.length - lines.length;
  return homeWindow('config_event', { title: 'A change', submit: why === null ? 'Revert' : undefined, memory }, [
    ...notice,
    section(eventWords(event, isWhole ? 1 : 0)),
    remark(`${whoWords(event.by)} · ${dateToken(event.at)}`),
    ...(lines.length ? [{ type: 'divider' as const }, ...sections(lines)] : []),
    ...(more > 0 ? [context(`and ${more} more`)] : []),
    { type: 'divider' },
    context(
      why === null
        ? 'Revert restores what was there before, and nothing else. The history shows it as a change of its own.'
        : escapeWithin(why, 1000),
    ),
  ]);
}

const context = (text: string): KnownBlock => remark(text);
