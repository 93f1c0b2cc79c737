import type { Actor } from './actor';
import type { CaseFacts, CaseLink, Note, SpContact, Totals } from './case';

/**
 * How much of a case its facts keep at hand, so that its document never exceeds the database's limit. The rest stays in
 * the case's history; `totals` count all of it.
 */
export const MOST_AT_HAND = {
  /** The newest notes, and their total characters; likewise contacts. The newest one always stays. */
  notes: 100,
  noteCharacters: 30_000,
  contacts: 100,
  contactCharacters: 20_000,
  /** The ids of the last deleted notes. */
  goneNotes: 200,
  /** The first links, and what the case is a duplicate of. */
  links: 200,
  /** The first followers: people who were told that they will hear about it keep hearing. */
  followers: 500,
} as const;

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

/** The newest that fit both limits. */
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

/** What the facts of a case stored before there were bounds hold in full. */
type Whole = Pick<CaseFacts, 'notes' | 'contacts' | 'links' | 'followers'>;

/** Brings such facts within today's bounds. */
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
