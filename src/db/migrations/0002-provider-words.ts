import { isDeepStrictEqual } from 'node:util';
import { wordsIn } from '../../domain/words';
import { type Migration, nextOf } from './migration';

/** Adds the words of SPs' names for searches. */
export const providerWords: Migration = {
  number: 2,
  name: 'provider-words',
  needs: 0,
  waits: false,
  async run(batch) {
    const { documents, end } = await nextOf<Named>(batch, 'service_providers', { name: 1, words: 1 });
    const writes = documents.flatMap(({ _id, name, words: found }) => {
      const words = wordsIn(name);
      if (isDeepStrictEqual(found, words)) return [];
      return [{ updateOne: { filter: { _id: _id as never, name }, update: { $set: { words } } } }];
    });
    if (writes.length) await batch.connection.collection('service_providers').bulkWrite(writes, { ordered: false });
    return end;
  },
};

interface Named {
  readonly _id: string;
  readonly name: string;
  readonly words?: readonly string[];
}
