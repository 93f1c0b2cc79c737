import type { KnownBlock, ModalView } from '@slack/types';
import type { Cover } from '../../domain/cover';
import type { CoverBoard } from '../../domain/cover-board';
import { COVER_CALLBACK } from '../../slack/ids/cover';
import { asking, field, section, shown } from '../lines';
import { type Part, richLines } from '../rich-text';
import { calendarRow } from './calendar';
import { coverButtons, period } from './message';

const MOST = 20;

/** What someone hears for whom covers are not. */
export const NO_COVER = 'Covers are for Area Managers, deputies and admins: no one waits for you while you are away.';

/** The covers of the person who looks; those who have none, and name none, read that. */
export const coverWindow = (board: CoverBoard | null): ModalView =>
  board ? coverModal(board) : shown('Your cover', [section(NO_COVER)]);

/** Names a deputy for dates, and shows existing covers (domain section 7). */
export const coverModal = ({ person, mine, theirs, calendar, today, zone }: CoverBoard): ModalView =>
  asking(COVER_CALLBACK, { title: 'Your cover', submit: 'Ask', close: 'Close' }, [
    field(
      'deputy',
      'Who covers for you?',
      { type: 'users_select' },
      {
        hint: 'They get your request by DM. Once they accept, they get what you get and can act on your cases and areas.',
      },
    ),
    dateInput('from', 'First day', today, `In your time zone, ${zone}.`),
    dateInput('to', 'Last day', today, 'Included.'),
    calendarRow(person, calendar),
    ...list('Who covers for you', mine, (cover) => [
      [
        { user: cover.deputy },
        ' ',
        ...period(cover),
        cover.state === 'asked' ? '  ·  not answered yet' : '  ·  accepted',
      ],
      coverButtons(cover, 'withdraw'),
    ]),
    ...list('Who you cover for', theirs, (cover) => [
      [{ user: cover.person }, ' ', ...period(cover), cover.state === 'asked' ? '  ·  asks you' : '  ·  accepted'],
      cover.state === 'asked' ? coverButtons(cover, 'accept', 'decline') : coverButtons(cover, 'decline'),
    ]),
  ]);

const dateInput = (block: string, label: string, initial: string, hint: string): KnownBlock =>
  field(block, label, { type: 'datepicker', initial_date: initial }, { hint });

function list(title: string, covers: readonly Cover[], row: (cover: Cover) => [Part[], KnownBlock]): KnownBlock[] {
  if (!covers.length) return [];
  const rows = covers.slice(0, MOST).flatMap((cover) => {
    const [line, buttons] = row(cover);
    return [richLines([line]), buttons];
  });
  return [{ type: 'divider' }, richLines([[{ bold: title }]]), ...rows];
}

/** What someone sees once the deputy is asked. */
export const coverAsked = (cover: Cover): ModalView =>
  shown(
    'Your cover',
    [
      richLines([
        ['✅ ', { user: cover.deputy }, ' has been asked to cover for you from ', ...period(cover), '.'],
        ['It takes effect once they accept. You get a DM either way. Until then, nothing changes.'],
      ]),
    ],
    'Done',
  );
