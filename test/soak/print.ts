import type { SoakReport } from './soak';

/** How many problems of one kind are printed in full by default. */
const TOLD_IN_FULL = 3;

/** A report for people. */
export function told(report: SoakReport, verbose: boolean): string {
  const { seed, kills, ends, ledger, faults, logged, counts, seconds, drainSeconds, memoryMb, problems } = report;
  const list = (entries: Iterable<readonly [string, number | string]>) =>
    [...entries].map(([name, value]) => `  ${name}: ${value}`);
  const actions = [...ledger.tally].sort().map(([action, outcomes]): [string, string] => {
    const parts = [...outcomes].sort().map(([outcome, count]) => `${count} ${outcome}`);
    return [action, parts.join(', ')];
  });
  const kinds = new Map<string, number>();
  for (const { what } of problems) kinds.set(what, (kinds.get(what) ?? 0) + 1);
  const inFull = problems.filter(
    (problem, i) => verbose || problems.slice(0, i).filter(({ what }) => what === problem.what).length < TOLD_IN_FULL,
  );
  return [
    'actions',
    ...list(actions),
    'faults',
    ...list([...faults].sort()),
    'records and Slack',
    ...list(Object.entries(counts)),
    ...(verbose ? ['logged', ...list([...logged].sort((a, b) => b[1] - a[1]))] : []),
    ...inFull.map(({ what, about, details }) => `\nPROBLEM ${what}: ${about}\n  ${details}`),
    '',
    `seed ${seed}: ${kills} kills in ${seconds} s (${drainSeconds} s of it to finish what was left), ${ends['by itself']} ends by itself, ${ends['not started']} starts that failed, heap in use ${memoryMb.join(' and ')} MB`,
    problems.length
      ? `${problems.length} problems: ${list(kinds)
          .map((line) => line.trim())
          .join(', ')}`
      : '0 problems',
  ].join('\n');
}
