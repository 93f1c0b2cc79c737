import { isRestricted, namesRestricted } from '../../../domain/access';
import type { CaseEvent } from '../../../domain/event';
import { mapTexts } from '../../../domain/person-data';
import type { StoredCase } from '../../../services/ports/cases';

type About = CaseEvent | { readonly type: 'more'; readonly count: number; readonly at: Date };

/**
 * A webhook's JSON. The case is as it is now, the event as it was. A receiver that may not read need-to-know cases gets
 * only their reference, kind and state, not even what happened or which open case they belong to (domain section 10).
 */
export function payload(stored: StoredCase, about: About, mayReadAll: boolean): string {
  const { ref: reference, kind, state } = stored;
  const isSecret = isRestricted(kind) && !mayReadAll;
  if (isSecret) return JSON.stringify({ type: 'case.changed', timestamp: about.at, data: { reference, kind, state } });
  const { severity, title, area, owner, reporter, sp, sj, codes, filedAt, clocks } = stored;
  const data = (event: CaseEvent) => (mayReadAll ? event.data : mapTexts<unknown>(event.data, withoutSecret));
  return JSON.stringify({
    type: about.type === 'more' ? 'case.events_left_out' : `case.${about.type}`,
    timestamp: about.at,
    data: {
      reference,
      kind,
      state,
      severity,
      title,
      area,
      owner,
      reporter,
      sp,
      sj,
      codes,
      filed_at: filedAt,
      due: clocks.map(({ name, dueAt }) => ({ clock: name, at: dueAt })),
      ...(about.type === 'more'
        ? { left_out: about.count }
        : { event: { number: about.seq, type: about.type, at: about.at, by: about.actor, data: data(about) } }),
    },
  });
}

/** An event's data names other cases by their references alone; a text that someone typed stays as it is. */
const withoutSecret = (text: string): string =>
  /^[A-Z]+-\d+$/.test(text) && namesRestricted(text) ? 'need_to_know' : text;
