import { toStored } from '../../src/db/case-document';
import { caseHistory } from '../../src/db/case-history';
import type { CaseEvent } from '../../src/domain/event';
import { auditMoves } from './audit-moves';
import { auditRecords, type Kept } from './audit-records';
import { auditReplies } from './audit-replies';
import { auditReports } from './audit-reports';
import { auditShown } from './audit-shown';
import type { Findings, Problem } from './findings';
import type { Ledger } from './ledger';
import { everythingSaid } from './seen';
import type { Stage } from './stage';

/** Compares everything that was promised with the records, and the records with what is in Slack. */
export async function audit(stage: Stage, ledger: Ledger): Promise<Findings> {
  const { connection, world } = stage;
  const [documents, letters] = await Promise.all([
    connection.collection<Kept['document']>('cases').find().toArray(),
    connection.collection<{ _id: string; failedAt: Date | null; fault: string | null }>('letters').find().toArray(),
  ]);
  const kept = await wholeCases(stage, documents);
  const seen = everythingSaid(world.workspace);
  const { entries } = ledger;
  const all = [
    await auditRecords(kept, letters),
    auditReports(kept, entries),
    auditMoves(kept, entries),
    auditReplies(kept, entries),
    auditShown(kept, seen),
  ];
  return {
    problems: all.flatMap(({ problems }) => problems.map((problem) => withStory(problem, kept))),
    counts: Object.assign({ cases: kept.length, messages: seen.length }, ...all.map(({ counts }) => counts)),
  };
}

/** The cases with what their documents have no room for. */
async function wholeCases({ connection }: Stage, documents: readonly Kept['document'][]): Promise<Kept[]> {
  const history = caseHistory(connection);
  const places = await connection.collection<{ _id: string; caseId: string }>('case_places').find().toArray();
  const kept: Kept[] = [];
  for (const document of documents) {
    const stored = toStored(document);
    const events: CaseEvent[] = [];
    for await (const page of history.all(stored)) events.push(...page);
    const left = places
      .filter(({ caseId }) => caseId === stored.id)
      .map(({ _id }) => ({ channel: _id.split(':')[0] ?? '', ts: _id.split(':')[1] ?? '' }));
    kept.push({ document, stored: { ...stored, events }, left });
  }
  return kept;
}

/** A problem of a case, with the newest part of its history and its unsent messages. */
function withStory(problem: Problem, kept: readonly Kept[]): Problem {
  const found = kept.find(({ stored }) => stored.ref === problem.about);
  if (!found) return problem;
  const { state, events, posts, outbox, version } = found.stored;
  const story = events.map(
    ({ seq, at, type, actor, key }) => `  ${seq} ${at.toISOString()} ${type} by ${actor} (${key})`,
  );
  const places = posts.map(
    ({ id, show, channel, sent }) => `  post ${id} ${show} in ${channel}: ${sent?.ts ?? 'not sent'}`,
  );
  const owed = outbox.map(
    ({ id, lane, at, dead }) => `  owed ${id} in ${lane} at ${at.toISOString()}${dead ? ` dead: ${dead}` : ''}`,
  );
  return {
    ...problem,
    details: [problem.details, `  ${state}, version ${version}`, ...story, ...places, ...owed].join('\n'),
  };
}
