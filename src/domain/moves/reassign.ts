import { belongsToArea } from '../access';
import type { Actor } from '../actor';
import type { Clock } from '../case';
import { who } from '../case-words';
import type { MoveDefinition } from './definition';
import { fault, MOST_AREAS, text } from './dialog';
import { by, giving, reporters, some, WORKED } from './shared';
import { awake } from './wake';

declare module './declared' {
  interface Moves {
    reassign: { readonly area: string | null; readonly owner: Actor; readonly summary: string };
  }
  interface Events {
    reassigned: {
      readonly area: string | null;
      readonly owner: Actor;
      readonly from: Actor | null;
      readonly summary: string;
      readonly clock: Clock | null;
      /** The next update that its former owner had promised, if any. */
      readonly promised?: Date;
    };
  }
}

/** The entry for no area in the list of areas: no area's name ends with a space. */
const PERSON_ALONE = 'person ';

/** A hand-over includes a summary, so that no one has to repeat the story (domain section 11). */
export const reassign: MoveDefinition<'reassign', 'reassigned', 'woken'> = {
  label: 'Reassign',
  named: 100,
  who: giving,
  states: WORKED,
  hindrance: null,
  dialog: {
    title: 'Reassign',
    submit: 'Reassign',
    fields: (facts, { areas }) => [
      ...(areas.length
        ? [
            {
              kind: 'choice' as const,
              look: 'static_select' as const,
              id: 'area',
              label: 'To the Area Manager of',
              options: [
                { value: PERSON_ALONE, label: 'The area stays: only to the person below' },
                ...areas.slice(0, MOST_AREAS).map(({ name }) => ({ value: name, label: name })),
              ],
              initial: belongsToArea(facts.kind) ? (facts.area ?? undefined) : PERSON_ALONE,
              hint: "The card moves to the area's channel.",
            },
          ]
        : []),
      {
        kind: 'person',
        id: 'owner',
        label: 'Or to this person',
        optional: true,
        hint: 'Leave empty to hand it to the Area Manager chosen above.',
      },
      {
        kind: 'text',
        id: 'summary',
        label: 'Summary for the new owner',
        hint: 'What was done so far, and what is still owed.',
      },
    ],
    read: (values, { areas }) => {
      const area = areas.find(({ name }) => name === values.area);
      const owner = values.owner === undefined ? area?.areaManager : String(values.owner);
      if (!owner)
        return fault(
          'owner',
          area
            ? `${area.name} has no Area Manager yet. Choose a person here.`
            : 'Choose an area above, or a person here.',
        );
      return { asked: { area: area?.name ?? null, owner, summary: text(values, 'summary') } };
    },
    stands: { menu: 20, desk: 100 },
    several: {
      none: 'You cannot reassign any of the cases on screen. Choose another page or other filters first.',
      will: ({ area, owner, summary }) => ({
        line: [' will go to ', { user: owner }, `${area ? ` in ${area}` : ''}, who is told, with this summary:`],
        quoted: summary,
      }),
      done: 'reassigned',
    },
  },
  texts: { area: 'code', owner: 'code', summary: 'free' },
  changes: ({ area }) => (area === null ? {} : { area }),
  newOwner: ({ owner }) => owner,
  decide: (facts, { owner, summary, ...asked }, context) => {
    const area = asked.area ?? facts.area;
    if (owner === facts.owner && area === facts.area && !facts.unrouted)
      return `${facts.ref} already belongs to ${who(owner)}. Choose someone else, or close this window.`;
    if (facts.subjects.includes(owner)) return `${facts.ref} is about ${who(owner)}: choose someone else.`;
    const clock = context.clock('acknowledge', context.now);
    const promised = facts.acknowledged?.nextUpdateBy;
    const data = { area, owner, from: facts.owner, summary, clock, ...(promised ? { promised } : {}) };
    return [...awake(facts, context), { type: 'reassigned', data }];
  },
  events: {
    reassigned: {
      apply: (_facts, { data: { area, owner } }) => ({
        state: 'open',
        area,
        owner,
        unrouted: null,
        acknowledged: null,
      }),
      clocks: {
        // The new owner gets the policy's full time; a promise to the customer and missing details are still owed.
        answers: ['acknowledge', 'update', 'review', 'answer'],
        action: 'reassigns it',
        starts: ({ clock }) => some(clock),
        again: (_facts, { data }, { at, clockWith }) => ({
          ...data,
          clock: clockWith({ area: data.area })('acknowledge', at),
        }),
      },
      line: {
        say: ({ ref }, event) => ({
          text: `${ref} reassigned`,
          line: [
            '🔁 ',
            by(event),
            ' handed this to ',
            { user: event.data.owner },
            event.data.area ? ` (${event.data.area})` : '',
            ':',
          ],
          quoted: event.data.summary,
        }),
        outside: 'same',
      },
      dm: {
        to: (facts, { data }) => [data.owner, ...(data.promised ? reporters(facts) : [])],
        say: (_facts, { actor, data: { owner, summary, clock, promised } }, { to }) =>
          to === owner
            ? { text: 'handed to you', line: ['🔁 ', { user: actor }, ' handed you this case:'], quoted: summary }
            : {
                text: 'handed to someone else',
                line: [
                  '🔁 ',
                  { user: owner },
                  ' has your report now',
                  ...(clock ? [', and looks at it by ', { date: clock.dueAt }] : []),
                  ...(promised ? ['. The update promised for ', { date: promised }, ' no longer comes by then'] : []),
                  '.',
                ],
              },
      },
    },
  },
};
