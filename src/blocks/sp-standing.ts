import {
  banPieces,
  isPlain,
  type PastStanding,
  type SeenStanding,
  STANDING_WORDS,
  standingPieces,
} from '../domain/sp-standing';
import type { Part } from './rich-text';

/** How many people are listed among other things, and where there is room; the rest are counted. */
const FEW_LISTED = 5;
export const MOST_LISTED = 30;

/** An SP's standing and whom it must not send, one line each, the most severe first; may be empty. */
export function standingParts(standing: SeenStanding, most = FEW_LISTED): Part[][] {
  if (isPlain(standing)) return [];
  const pieces = standingPieces(standing);
  // An inactive account is marked next to its name already, and stops no one.
  const isOwn = standing.is === 'inactive';
  const { banned } = standing;
  const more = banned.length - most;
  return [
    ...(pieces && !isOwn
      ? [['⛔ ', ...pieces.map((piece) => (typeof piece === 'string' ? { bold: piece } : piece))]]
      : []),
    ...banned.slice(0, most).map((one): Part[] => ['🚷 ', ...banPieces(one)]),
    ...(more > 0 ? [[`🚷 And ${more} more, in the window of the scorecard.`]] : []),
  ];
}

const DAY = '{date_short}';
/** An earlier standing: "Earlier: suspended from Nov 2, 2026 to Dec 3, 2026 (HRR-000123)". */
export const pastParts = ({ is, since, ended, ref }: PastStanding): Part[] => [
  `Earlier: ${STANDING_WORDS[is]} from `,
  { date: since, format: DAY },
  ' to ',
  { date: ended, format: DAY },
  ` (${ref})`,
];
