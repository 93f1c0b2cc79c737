import type { KnownBlock } from '@slack/types';
import { CONFIG_KINDS, type ConfigEvent, type ConfigKind } from '../../domain/configuration';
import { homeWindowId } from '../../slack/ids/home-window';
import { actions, button, header, literalSection, section } from '../lines';
import { dateToken, truncate } from '../text';
import { eventWords, KIND_LABELS, whoWords } from './config-words';
import { type Paged, pager } from './frame';
import { argMenu } from './menu';
import type { Choice } from './windows/parts';

interface History extends Paged {
  readonly events: readonly ConfigEvent[];
  readonly what: ConfigKind | null;
  readonly by: string | null;
  /** The names of people who changed something; at most 99. */
  readonly authors: readonly Choice[];
}
const ALL = 'all';

/** Every change of the configuration, newest first. */
export function historyBlocks({ events, page, size, total, isMore, what, by, authors }: History): KnownBlock[] {
  const kinds = CONFIG_KINDS.map((kind): Choice => ({ value: kind, label: KIND_LABELS[kind] }));
  const filter = (name: string, everything: string, choices: readonly Choice[], chosen: string | null) =>
    argMenu(name, everything, [{ value: ALL, label: everything }, ...choices], chosen);
  const filters: KnownBlock = actions(
    filter('what', 'Everything', kinds, what),
    ...(authors.length ? [filter('by', 'By everyone', authors, by)] : []),
  );
  const empty =
    what || by
      ? 'No change fits this filter.'
      : 'Nothing has changed yet. Every change is kept here: who, when, before and after.';
  return [
    header('Admin history'),
    filters,
    ...(events.length ? events.map(eventRow) : [literalSection(empty)]),
    ...pager({ page, size, total, isMore }),
  ];
}

const eventRow = (event: ConfigEvent): KnownBlock =>
  section(
    `${truncate(eventWords(event), 2500)}\n${whoWords(event.by)}  ·  ${dateToken(event.at)}`,
    button(homeWindowId('config_event'), 'Details', event.id),
  );
