import { SYSTEM } from '../actor';
import { successorOf } from '../case';
import type { MoveDefinition } from './definition';
import { otherCase, readReference } from './reference';
import { barsClosing } from './sanctions';
import { allAnswered, by, linkedTo, WORKED } from './shared';

declare module './declared' {
  interface Moves {
    /** `into`: the reference of the case that continues. */
    merge: { readonly into: string };
  }
  interface Events {
    merged: Moves['merge'];
  }
}

/** The other case replaces this one; its reporter hears from there (domain section 7). */
export const merge: MoveDefinition<'merge', 'merged'> = {
  label: 'Mark duplicate',
  named: 140,
  // Until the review is over, only the Admin team can close it (domain section 6).
  who: ({ state }) => (state === 'in_review' || state === 'returned' ? 'reviewer' : 'responsible'),
  states: ['in_review', ...WORKED],
  hindrance: barsClosing,
  dialog: {
    title: 'Mark duplicate',
    submit: 'Mark duplicate',
    fields: (_facts, context) =>
      otherCase(
        context,
        'Duplicate of',
        'The case that continues, such as SPF-000123. The person who filed this one then follows that one.',
      ),
    offersOthers: true,
    read: (values) => {
      const read = readReference(values);
      return 'faults' in read ? read : { asked: { into: read.ref } };
    },
    stands: { menu: 50 },
  },
  texts: { into: 'code' },
  recalls: ({ into }) => ({ link: into }),
  joins: {
    other: ({ into }) => into,
    fault: (own, other, isRestricted) => {
      const successor = successorOf(other);
      if (successor) return `${other.ref} is itself a duplicate of ${successor}: give that one.`;
      if (other.state === 'resolved' || other.state === 'void')
        return `${other.ref} is closed. Reopen it first, or link the two instead.`;
      if (isRestricted(own) && !isRestricted(other))
        return `${own.ref} is need-to-know and cannot be merged into ${other.ref}, which is not. Link the two instead.`;
      return null;
    },
    answer: ({ ref, reporter, followers }) => ({
      type: 'absorb',
      ref,
      followers: [reporter, ...followers].filter((id) => id !== SYSTEM),
    }),
  },
  decide: (facts, { into }, { link: recalled }) => {
    const links = recalled ? [...facts.links, recalled] : facts.links;
    if (into === facts.ref) return 'A case cannot be a duplicate of itself. Give the other reference.';
    // Two people may merge each other's case at once: the one that took over the other continues.
    if (links.some(({ ref, relation }) => ref === into && relation === 'has_duplicate'))
      return `${into} is a duplicate of ${facts.ref} already, which continues.`;
    return [{ type: 'merged', data: { into } }];
  },
  events: {
    merged: {
      apply: (facts, { data }) => ({
        state: 'void',
        approval: null,
        ...linkedTo(facts, { ref: data.into, relation: 'duplicate_of' }),
      }),
      clocks: allAnswered('marks it a duplicate'),
      line: {
        say: ({ ref }, event) => ({
          text: `${ref} is a duplicate`,
          line: [
            '🔗 ',
            by(event),
            ' marked this as a duplicate of ',
            { bold: event.data.into },
            ', where it continues.',
          ],
        }),
        outside: ({ ref }, event) => ({
          text: `${ref} closed`,
          line: ['🔗 ', by(event), ' closed this: it continues in another case.'],
        }),
      },
      dm: null,
      about: ({ into }) => ({ link: into }),
    },
  },
};
