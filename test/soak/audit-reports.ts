import type { Kept } from './audit-records';
import type { Findings, Problem } from './findings';
import type { Entry } from './ledger';

/** Every confirmed report is one case, every unknown one at most one, and there is no other case. */
export function auditReports(kept: readonly Kept[], entries: readonly Entry[]): Findings {
  const problems: Problem[] = [];
  const found = (what: string, about: string, details: string) => problems.push({ what, about, details });
  const reports = entries.filter((entry) => entry.what === 'report');
  let kepts = 0;
  for (const { viewId, sj, told, ref, by } of reports) {
    const cases = kept.filter(({ stored }) => stored.id === viewId || stored.sj === sj);
    const about = cases[0]?.stored.ref ?? ref ?? viewId;
    const said = `${by} filed SJ ${sj} in ${viewId} and was told "${told}" (${ref}); there are ${cases.map(({ stored }) => `${stored.ref} of ${stored.id}`).join(', ') || 'none'}`;
    if (cases.length > 1) found('a report is there twice', about, said);
    if (told === 'confirmed' && cases.length === 0) found('a confirmed report is lost', about, said);
    if (told === 'confirmed' && ref && cases.some(({ stored }) => stored.ref !== ref))
      found('a report has another reference', about, said);
    if (told === 'refused' && cases.length > 0) found('a refused report is there', about, said);
    kepts += cases.length;
  }
  const known = new Set(reports.map(({ viewId }) => viewId));
  for (const { stored } of kept)
    if (!known.has(stored.id)) found('a case that nobody filed', stored.ref, `its id is ${stored.id}`);

  const additions = entries.filter((entry) => entry.what === 'addition');
  for (const { viewId, told, ref, by } of additions) {
    const notes = kept
      .flatMap(({ stored }) => stored.events)
      .filter(({ key, type }) => key === `${viewId}:added` && type === 'note_added');
    const said = `${by} added ${viewId} to ${ref}, was told "${told}", and it is there ${notes.length} times`;
    if (notes.length > 1) found('an addition is there twice', ref, said);
    if (told === 'confirmed' && notes.length === 0) found('a confirmed addition is lost', ref, said);
  }
  return {
    problems,
    counts: { reports: reports.length, 'reports that are cases': kepts, additions: additions.length },
  };
}
