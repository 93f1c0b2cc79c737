import type { connect } from '../../src/db/connection';
import { dataVersion } from '../../src/db/data-version';
import { MIGRATIONS } from '../../src/db/migrations';
import { probe } from '../../src/db/probe';
import { engineFault } from '../../src/domain/health';
import { unfit } from '../../src/upgrade';
import { VERSION } from '../../src/version';
import { type Finding, fine, missing, note, reasonOf } from './finding';

const MOST_LISTED = 10;

/** The database: whether it answers, what it is, whether it is writable, and its indexes. */
export async function checkDatabase(connection: Awaited<ReturnType<typeof connect>>): Promise<Finding[]> {
  try {
    const { engine, isEmpty, writeFault, missingIndexes } = await probe(connection);
    const why = unfit(await dataVersion(connection).read(), MIGRATIONS.length, VERSION);
    const { name, version, replicaSet } = engine;
    const wrong = engineFault(engine);
    const called = `the database answers: ${name} ${version}, ${replicaSet ? `replica set ${replicaSet}` : 'standing alone or sharded'}`;
    return [
      wrong === 'old'
        ? missing(called, 'upgrade it to MongoDB 6 or later')
        : wrong
          ? note(`${called}; a stand-in is for trying Warmline out`)
          : fine(called),
      note(`transactions: ${replicaSet ? 'yes' : 'no'}; Warmline needs none`),
      writeFault === null
        ? fine('it can be written')
        : missing(`it cannot be written (${writeFault})`, 'give the user of MONGODB_URI the role readWrite'),
      ...(why === null ? [] : [missing('data that Warmline can work with', why.replace(/\.$/, ''))]),
      ...indexes(isEmpty, missingIndexes),
    ];
  } catch (error) {
    const todo = 'start it, or correct MONGODB_URI; the user needs the role readWrite';
    return [missing(`the database does not answer (${reasonOf(error)})`, todo)];
  }
}

function indexes(isEmpty: boolean, lacking: readonly string[]): Finding[] {
  if (isEmpty) return [note('nothing is in it yet: Warmline builds its indexes when it starts')];
  if (!lacking.length) return [fine('all indexes are there')];
  const more = lacking.length > MOST_LISTED ? ` and ${lacking.length - MOST_LISTED} more` : '';
  const todo = 'start Warmline and wait for "the indexes are built" in its log';
  return [missing(`${lacking.length} indexes (${lacking.slice(0, MOST_LISTED).join('; ')}${more})`, todo)];
}
