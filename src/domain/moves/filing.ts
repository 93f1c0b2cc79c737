import { contactsAtHand, linksAtHand } from '../at-hand';
import type { CaseFacts, SpContact } from '../case';
import { firstClocks } from '../clocks';
import type { Events } from './declared';
import type { EventDefinition, Happened } from './definition';
import { NO_CLOCKS } from './shared';

declare module './declared' {
  interface Events {
    filed: Pick<
      CaseFacts,
      | 'ref'
      | 'kind'
      | 'reporter'
      | 'sp'
      | 'sj'
      | 'answers'
      | 'title'
      | 'severity'
      | 'severityReason'
      | 'tone'
      | 'codes'
      | 'source'
      | 'marks'
      | 'subjects'
      | 'links'
      | 'appeal'
    > & {
      /** Attempts to contact the SP that came before it (domain section 6). */
      readonly contacts?: readonly SpContact[];
    };
    routed: Pick<CaseFacts, 'area' | 'owner' | 'unrouted' | 'clocks'> & { readonly state: 'open' | 'in_review' };
  }
}

/** The facts of a new case. */
export function begun({ seq, at, data }: Happened<Events['filed']>): CaseFacts {
  const { contacts = [] } = data;
  return {
    ...data,
    state: 'submitted',
    hold: { is: 'none' },
    filedAt: at,
    area: null,
    owner: null,
    unrouted: null,
    clocks: [],
    acknowledged: null,
    notes: [],
    contacts: contactsAtHand(contacts),
    links: linksAtHand(data.links),
    totals: { notes: 0, contacts: contacts.length, links: data.links.length, followers: 0 },
    firstAcknowledged: null,
    handedAt: null,
    resolution: null,
    reopened: 0,
    followers: [],
    question: null,
    approval: null,
    seq,
    changedAt: at,
  };
}

/** The two events that begin a case, which no move makes: what was filed, and where it went. */
export const FILING: { readonly [T in 'filed' | 'routed']: EventDefinition<Events[T]> } = {
  filed: { apply: (_facts, event) => begun(event), clocks: NO_CLOCKS, line: null, dm: null },
  routed: {
    apply: (_facts, { data: { state, area, owner, unrouted } }) => ({ state, area, owner, unrouted }),
    clocks: {
      answers: [],
      starts: ({ clocks }) => clocks,
      again: ({ marks }, { data }, { at, clockWith }) => {
        const callback = data.clocks.find(({ name }) => name === 'callback');
        const policeNumberMissing = marks.includes('police_number_missing');
        const begins = { state: data.state, callbackAt: callback?.dueAt ?? null, policeNumberMissing };
        return { ...data, clocks: firstClocks(clockWith({ area: data.area }), at, begins) };
      },
    },
    line: null,
    dm: null,
  },
};
