import type { Connection } from 'mongoose';
import type { SealedEvent } from '../domain/event';
import { ERASED, mapTexts } from '../domain/person-data';
import type { KeptBeside, PersonData } from '../services/ports/person-data';
import { fieldsOf } from './case-document';
import { archivedId } from './case-history';
import { seal } from './seal';

/** The fields outside of cases with text that people typed. */
const TEXTS: Readonly<Record<KeptBeside, readonly string[]>> = {
  drafts: ['answers', 'metadata', 'submitted'],
  contacts: ['outcome'],
  letters: ['content'],
  homes: ['place', 'filters'],
};

/** Erases words about people in one database. */
export function personDataStore(connection: Connection): PersonData {
  const of = (name: string) => connection.collection<{ _id: string }>(name);
  return {
    async rewrite(based, { facts, history, added, mailbox }) {
      const first = based.events[0]?.seq ?? 1;
      // Also those in the document: a write that came to nothing may have left a copy, which the next one would keep.
      const erased = history.filter((event) => event.erased);
      if (erased.length)
        await of('case_events').bulkWrite(
          erased.map((event) => ({
            updateOne: { filter: { _id: archivedId(based.id, event.seq) }, update: { $set: { event } } },
          })),
        );
      const kept = history.filter(({ seq }) => seq >= first);
      const events: readonly SealedEvent[] = [...kept, ...seal(based.id, kept.at(-1)?.hash ?? '', added)];
      const { modifiedCount } = await of('cases').updateOne(
        { _id: based.id, version: based.version } as never,
        { $set: { ...fieldsOf({ ...facts, ...mailbox }), events }, $inc: { version: 1 } } as never,
      );
      return modifiedCount === 1;
    },
    async beside(what, after, limit) {
      const found = await of(what)
        .find({ _id: { $gt: after ?? '' } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id, ...rest }) => {
        const all: Readonly<Record<string, unknown>> = rest;
        return { id: _id, texts: TEXTS[what].map((field) => all[field]) };
      });
    },
    async clear(what, id, erased) {
      if (what === 'drafts') {
        await of(what).deleteOne({ _id: id });
        return;
      }
      const found: Readonly<Record<string, unknown>> | null = await of(what).findOne({ _id: id });
      const without = what === 'contacts' ? () => ERASED : (one: string) => mapTexts(found?.[one], erased);
      // A letter sent meanwhile has no content anymore, and stays that way.
      const asRead = what === 'letters' ? { content: { $ne: null } } : {};
      const $set = Object.fromEntries(TEXTS[what].map((one) => [one, without(one)]));
      await of(what).updateOne({ _id: id, ...asRead } as never, { $set } as never);
    },
  };
}
