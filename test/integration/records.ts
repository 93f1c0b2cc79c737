import type { Actor, MessageReading, ViewReading } from '../../sandbox/workspace';
import { caseHistory } from '../../src/db/case-history';
import { caseStore } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import { directoryStore } from '../../src/db/directory';
import { jobRunStore } from '../../src/db/job-runs';
import type { CaseEvent } from '../../src/domain/event';
import type { JobRun } from '../../src/domain/health';
import { mainPost } from '../../src/domain/mailbox';
import type { CaseStore, StoredCase } from '../../src/services/ports/cases';
import type { Directory, DirectoryWriter } from '../../src/services/ports/directory';
import { wholeHistory } from '../support/cases';
import { refIn, submitForm } from '../support/filed';
import type { World } from '../support/world';

/** Direct access to the world's database: what is stored, without the app. */
export interface Records {
  readonly cases: CaseStore;
  readonly directory: Directory & DirectoryWriter;
  /** How many documents the collection of cases has. */
  count(): Promise<number>;
  /** The stored ids of all cases. */
  ids(): Promise<string[]>;
  /** The case with this reference. Throws if there is none. */
  of(ref: string): Promise<StoredCase>;
  /** All events of a case, from the first one on. */
  historyOf(stored: StoredCase): Promise<CaseEvent[]>;
  /** The newest run of each job. */
  runs(): Promise<readonly JobRun[]>;
  close(): Promise<void>;
}

export async function openRecords({ databaseUri, log }: Pick<World, 'databaseUri' | 'log'>): Promise<Records> {
  const connection = await connect(databaseUri, log);
  const cases = caseStore(connection);
  const runs = jobRunStore(connection);
  return {
    cases,
    directory: directoryStore(connection, { now: () => new Date() }),
    count: () => connection.collection('cases').countDocuments(),
    ids: async () => (await connection.collection('cases').distinct('_id')).map(String),
    async of(ref) {
      const stored = await cases.byRef(ref);
      if (!stored) throw new Error(`There is no case ${ref}.`);
      return stored;
    },
    historyOf: (stored) => wholeHistory(caseHistory(connection), stored),
    runs: () => runs.all(),
    close: () => connection.close(),
  };
}

export interface FiledReport {
  readonly stored: StoredCase;
  readonly card: MessageReading;
  /** The confirmation. */
  readonly confirmation: MessageReading;
}

/** Types the command and returns the form it opens, whatever other window is still there. */
export async function openedForm(agent: Actor, text = ''): Promise<ViewReading> {
  const before = agent.modalCount > 0 ? agent.modal().id : null;
  await agent.command(`/sp-feedback ${text}`.trim(), 'call-floor');
  return agent.waitForModal(({ id, title }) => id !== before && title === 'SP feedback');
}

/** Submits the open form, which must be accepted; returns what was stored and posted. */
export async function submitted(world: World, records: Records, agent: Actor): Promise<FiledReport> {
  const outcome = await submitForm(agent);
  const { told: confirmation } = outcome;
  const ref = refIn(outcome);
  if (!confirmation || !ref) throw new Error(`The form was not accepted: ${JSON.stringify(outcome)}`);
  await world.settled();
  const stored = await records.of(ref);
  return { stored, card: cardOf(world, stored), confirmation };
}

/** The main card of a case as shown now; `post` counts from 0 among all its posts. */
export function cardOf({ workspace }: World, stored: StoredCase, post?: number): MessageReading {
  const sent = (post === undefined ? mainPost(stored) : stored.posts[post])?.sent;
  const card = sent && workspace.thread(sent.channel, sent.ts)[0];
  if (!card) throw new Error(`${stored.ref} has no card there.`);
  return card;
}

/** The options of More on a card. */
export const moreOf = ({ blocks }: MessageReading): string[] =>
  [...JSON.stringify(blocks).matchAll(/"text":"([^"]+)"[^{}]*},"value":"[a-z_]+\|/g)].map(([, label = '']) => label);

/** The quotations in a message, exactly as sent. */
export const quotesOf = (value: unknown): string[] => {
  if (!value || typeof value !== 'object') return [];
  if ('type' in value && value.type === 'rich_text_quote' && 'elements' in value && Array.isArray(value.elements))
    return [
      value.elements.map((element: { type: string; text?: string }) => element.text ?? `<${element.type}>`).join(''),
    ];
  return Object.values(value).flatMap(quotesOf);
};
