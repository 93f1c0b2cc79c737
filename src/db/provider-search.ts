import type { Model } from 'mongoose';
import type { ServiceProvider } from '../domain/directory';
import { wordsIn } from '../domain/words';
import type { FoundProviders } from '../services/ports/directory';
import { type ProviderDocument, providerOf } from './config-documents';

/** Sorts after everything with the same beginning. */
const LAST = '\uffff';

/** Finds SPs by the beginning of their account, or of words of their name. */
export function providerSearch(model: Model<ProviderDocument>) {
  async function all(skip: number, limit: number, atMost: number): Promise<FoundProviders> {
    const [found, total] = await Promise.all([
      model.find().sort({ _id: 1 }).skip(skip).limit(limit).lean<ProviderDocument[]>().exec(),
      model.countDocuments({}, { limit: atMost + 1 }),
    ]);
    return { rows: found.map(providerOf), total: Math.min(total, atMost), isMore: total > atMost };
  }

  async function named(text: string, skip: number, limit: number, atMost: number): Promise<FoundProviders> {
    const account = text.toUpperCase();
    // The longest word narrows most: it uses the index, and the others filter.
    const [first, ...others] = wordsIn(text).sort((a, b) => b.length - a.length);
    const begins = (word: string) => ({ words: { $regex: `^${word}` } });
    const [byAccount, byName] = await Promise.all([
      model
        .find({ _id: { $gte: account, $lt: account + LAST } }, { name: 1 })
        .sort({ _id: 1 })
        .limit(atMost + 1)
        .lean<Named[]>()
        .exec(),
      first === undefined
        ? []
        : model
            .find({ ...begins(first), ...(others.length ? { $and: others.map(begins) } : {}) }, { name: 1 })
            .limit(atMost + 1)
            .lean<Named[]>()
            .exec(),
    ]);
    byName.sort((a, b) => a.name.localeCompare(b.name) || (a._id < b._id ? -1 : 1));
    const ids = [...new Set([...byAccount, ...byName].map(({ _id }) => _id))];
    const shown = ids.slice(0, atMost).slice(skip, skip + limit);
    const found = await model
      .find({ _id: { $in: shown } })
      .lean<ProviderDocument[]>()
      .exec();
    const byId = new Map(found.map((document) => [document._id, providerOf(document)]));
    const rows = shown.flatMap((id): ServiceProvider[] => [byId.get(id) ?? []].flat());
    return { rows, total: Math.min(ids.length, atMost), isMore: ids.length > atMost };
  }

  return {
    find: (text: string, { skip, limit, atMost }: { skip: number; limit: number; atMost: number }) =>
      text.trim() ? named(text.trim(), skip, limit, atMost) : all(skip, limit, atMost),
  };
}
interface Named {
  readonly _id: string;
  readonly name: string;
}
