import type { CaseLink } from '../case';
import type { MoveDefinition } from './definition';
import { otherCase, readReference } from './reference';
import { by, linkedTo, NO_CLOCKS, NOTED } from './shared';

declare module './declared' {
  interface Moves {
    link: { readonly link: CaseLink };
  }
  interface Events {
    linked: CaseLink;
  }
}

/** Two related cases: each card then names the other. */
export const link: MoveDefinition<'link', 'linked'> = {
  label: 'Link to a case',
  named: null,
  who: 'responsible',
  states: NOTED,
  hindrance: null,
  dialog: {
    title: 'Link to a case',
    submit: 'Link',
    fields: (_facts, context) =>
      otherCase(
        context,
        'The other case',
        'Its reference, such as SPF-000123. Both stay open; each card names the other.',
      ),
    offersOthers: true,
    read: (values) => {
      const read = readReference(values);
      return 'faults' in read ? read : { asked: { link: { ref: read.ref, relation: 'related' } } };
    },
    stands: { menu: 40 },
  },
  texts: {},
  recalls: ({ link: { ref } }) => ({ link: ref }),
  joins: {
    other: ({ link: { ref } }) => ref,
    fault: (_own, { state, ref }) =>
      state === 'void' ? `${ref} is void. Reopen it first, or give another reference.` : null,
    answer: ({ ref }) => ({ type: 'link', link: { ref, relation: 'related' } }),
  },
  decide: (facts, asked, { link: recalled }) => {
    const links = recalled ? [...facts.links, recalled] : facts.links;
    return links.some(({ ref }) => ref === asked.link.ref) ? [] : [{ type: 'linked', data: asked.link }];
  },
  events: {
    linked: {
      apply: (facts, { data }) => linkedTo(facts, data),
      clocks: NO_CLOCKS,
      line: {
        say: ({ ref }, event) =>
          event.data.relation === 'has_duplicate'
            ? {
                text: `${ref} includes ${event.data.ref}`,
                line: [
                  '🔗 ',
                  { bold: event.data.ref },
                  ' is a duplicate of this case and continues here. The person who filed it gets updates from this case.',
                ],
              }
            : {
                text: `${ref} linked to ${event.data.ref}`,
                line: ['🔗 ', by(event), ' linked this to ', { bold: event.data.ref }, '.'],
              },
        // That there is a report about someone is need-to-know, too.
        outside: 'never',
      },
      dm: null,
      about: ({ ref }) => ({ link: ref }),
    },
  },
};
