import { contactsAtHand, linksAtHand } from '../at-hand';
import type { Actor, CaseFacts, CaseLink, Clock, MessageSource, SpContact } from '../case';
import { firstClocks } from '../clocks';
import type { ExceptionCode } from '../exception-codes';
import type { Answers, Mark } from '../forms/form';
import type { CaseKind, Severity, Tone } from '../kinds';
import type { EventDefinition, Happened } from './definition';
import { NO_CLOCKS } from './shared';

export interface Filed {
  readonly ref: string;
  readonly kind: CaseKind;
  readonly reporter: Actor;
  readonly sp: { readonly account: string; readonly name: string | null };
  readonly sj: string;
  readonly answers: Answers;
  readonly title: string;
  readonly severity: Severity;
  readonly severityReason: string;
  readonly tone: Tone;
  readonly codes: readonly ExceptionCode[];
  readonly source: MessageSource | null;
  readonly marks: readonly Mark[];
  readonly subjects: readonly Actor[];
  readonly links: readonly CaseLink[];
  readonly appeal?: NonNullable<CaseFacts['appeal']>;
  /** Attempts to contact the SP that came before it (domain section 6). */
  readonly contacts?: readonly SpContact[];
}
export interface Routed {
  readonly state: 'open' | 'in_review';
  readonly area: string | null;
  readonly owner: Actor | null;
  readonly unrouted: string | null;
  readonly clocks: readonly Clock[];
}

export function begun({ seq, at, data }: Happened<Filed>): CaseFacts {
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
export const FILING: { readonly filed: EventDefinition<Filed>; readonly routed: EventDefinition<Routed> } = {
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
