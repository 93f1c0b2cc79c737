import type { Actor, CaseFacts, CaseLink, Note, SpContact } from './case';

/**
 * How much of a case its facts keep at hand, so that its document never outgrows the database's limit, however long it
 * goes on. What is no longer at hand stays in the case's history; `totals` count all of it.
 */
export const MOST_AT_HAND = {
  /** The newest notes, and their characters in all; likewise contacts. The newest one always stays. */
  notes: 100,
  noteCharacters: 30_000,
  contacts: 100,
  contactCharacters: 20_000,
  /** The notes that were deleted last, by their ids. */
  goneNotes: 200,
  /** The first links, and what the case is a duplicate of. */
  links: 200,
  /** The first who follow it: the person who was told that they hear from it goes on hearing. */
  followers: 500,
} as const;

/** How many there are of what the facts keep only in part. */
export interface Totals {
  readonly notes: number;
  readonly contacts: number;
  readonly links: number;
  readonly followers: number;
}

export const notesAtHand = (notes: readonly Note[]): readonly Note[] =>
  newest(notes, MOST_AT_HAND.notes, MOST_AT_HAND.noteCharacters);

export const contactsAtHand = (contacts: readonly SpContact[]): readonly SpContact[] =>
  newest(contacts, MOST_AT_HAND.contacts, MOST_AT_HAND.contactCharacters);

export function linksAtHand(links: readonly CaseLink[]): readonly CaseLink[] {
  if (links.length <= MOST_AT_HAND.links) return links;
  const successor = links.findLast(({ relation }) => relation === 'duplicate_of');
  const first = links.slice(0, MOST_AT_HAND.links);
  return successor && !first.includes(successor) ? [...first.slice(0, -1), successor] : first;
}

export const goneAtHand = (ids: readonly string[]): readonly string[] => ids.slice(-MOST_AT_HAND.goneNotes);

export const followersAtHand = (followers: readonly Actor[]): readonly Actor[] =>
  followers.slice(0, MOST_AT_HAND.followers);

/** The newest, as many as fit in both ways. */
function newest<Said extends { readonly text: string }>(said: readonly Said[], most: number, characters: number) {
  let left = characters;
  let kept = 0;
  for (const { text } of said.slice(-most).reverse()) {
    left -= text.length;
    if (left < 0 && kept > 0) break;
    kept++;
  }
  return kept === said.length ? said : said.slice(said.length - kept);
}

/** What the facts of a case that was stored before there were bounds hold in full. */
type Whole = Pick<CaseFacts, 'notes' | 'contacts' | 'links' | 'followers'>;

/** The same within the bounds of today. */
export const broughtWithinBounds = ({
  notes,
  contacts,
  links,
  followers,
}: Whole): Whole & { readonly totals: Totals } => ({
  notes: notesAtHand(notes),
  contacts: contactsAtHand(contacts),
  links: linksAtHand(links),
  followers: followersAtHand(followers),
  totals: {
    notes: notes.length,
    contacts: contacts.length,
    links: links.length,
    followers: followers.length,
  },
});
