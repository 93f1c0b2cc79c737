import type { KnownBlock } from '@slack/types';
import type { FileReport } from '../../domain/import-report';
import { amount, countOf } from '../../domain/wording';
import { type DroppedFile, importButtonId, packDropped } from '../../slack/ids/import';
import { actions, button, header, literalSection, note } from '../lines';
import { truncate } from '../text';
import { IMPORT_FILES } from './import';

/** More faults than this go into a file. */
export const FAULTS_SHOWN = 10;

const rows = (n: number) => countOf(n, 'row');
const valid = ({ inserted, updated, unchanged }: FileReport) => inserted + updated + unchanged;

/** What the import would change, and the button to do it. */
export function importCheckBlocks(dropped: DroppedFile, report: FileReport): KnownBlock[] {
  const { inserted, updated } = report;
  const value = packDropped(dropped);
  const changes = inserted + updated > 0;
  const choice = (does: 'go' | 'drop', text: string) => ({
    ...button(importButtonId(does), text, value),
    ...(does === 'go' ? { style: 'primary' as const } : {}),
  });
  return [
    header(`${report.file}: nothing is written yet`),
    literalSection(tally(report, 'would be')),
    ...faultBlocks(report),
    ...(changes
      ? [
          actions(
            choice(
              'go',
              valid(report) === 1 ? 'Import the valid row' : `Import the ${amount(valid(report))} valid rows`,
            ),
            choice('drop', 'Nothing'),
          ),
        ]
      : [
          literalSection(
            valid(report)
              ? 'Everything valid in it is already in the directory: there is nothing to import.'
              : 'There is nothing valid in it to import. Correct the file, and drop it again.',
          ),
        ]),
    note(`Read as: ${IMPORT_FILES[dropped.kind].label}`),
  ];
}

/** What an import did. */
export const importDoneBlocks = (report: FileReport): KnownBlock[] => [
  header(`${report.file}: imported`),
  literalSection(tally(report, '')),
  ...faultBlocks(report),
];

/** The same in one line, for a notification. */
export const importLine = (report: FileReport, is: 'would be' | ''): string => `${report.file}: ${tally(report, is)}`;

function tally(report: FileReport, is: 'would be' | ''): string {
  const { inserted, updated, unchanged } = report;
  if (!report.rows) return report.faultCount ? 'Nothing in it could be read.' : 'It has no rows.';
  const bad = report.badRows;
  const words = `${amount(inserted)} ${is && `${is} `}added, ${amount(updated)} changed, ${amount(unchanged)} unchanged`;
  return `${words}. ${bad ? `${rows(bad)} ${bad === 1 ? 'is' : 'are'} bad and left out.` : 'No bad rows.'}`;
}

/** What is wrong, and other remarks. */
function faultBlocks({ faults, faultCount, notes }: FileReport): KnownBlock[] {
  const lines = faults.slice(0, FAULTS_SHOWN).map(({ line, column, reason }) => {
    const file = line > 1 ? `The file (line ${line})` : 'The file';
    const place = column === 'file' ? file : `Line ${line}, ${truncate(String(column), 40)}:`;
    return `• ${place} ${truncate(reason, 220)}`;
  });
  const more = faultCount - lines.length;
  const all = faults.length < faultCount ? `the first ${amount(faults.length)}` : 'all of them';
  const asides = [...(more > 0 ? [`${amount(more)} more: ${all} are in the file below.`] : []), ...notes];
  return [
    ...(lines.length ? [literalSection(lines.join('\n'))] : []),
    ...(asides.length ? [note(asides.join(' '))] : []),
  ];
}
