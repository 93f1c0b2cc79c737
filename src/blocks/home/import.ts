import type { KnownBlock } from '@slack/types';
import { homeWindowId } from '../../slack/ids/home-window';
import type { ImportKind } from '../../slack/ids/import';
import { actions, button, header, literalSection, note, section } from '../lines';

/** The content of each file, and its first line. */
export const IMPORT_FILES: Readonly<Record<ImportKind, { label: string; about: string; columns: string }>> = {
  areas: {
    label: 'Areas',
    about: 'One territory per line: its channel, its Area Manager, who else answers.',
    columns: 'area,time_zone,channel,area_manager,deputy,fallback_channel,manager',
  },
  sps: {
    label: 'SPs',
    about: 'One SP account per line, with the area it belongs to. Import the areas first.',
    columns: 'sp_account,name,area,phone,email,status',
  },
  metrics: {
    label: 'Metrics of SPs',
    about: 'What is measured about an SP in a month, for the scorecard.',
    columns:
      'sp_account,period,completion_rate,call_acceptance,average_eta_minutes,eta_accuracy,nps,location_tracking,reassigns',
  },
};

/** What can be imported, and how. */
export const importBlocks = (): KnownBlock[] => [
  header('Import'),
  literalSection(
    'Drop a CSV file. Warmline checks it first and tells you what it would change, line by line; nothing is written until you say so.',
  ),
  ...Object.values(IMPORT_FILES).map(
    ({ label, about, columns }): KnownBlock => section(`*${label}*  ·  ${about}\n\`${columns}\``),
  ),
  note(
    'Separate columns with commas, semicolons or tabs. A heading can read like “SP Account”. Existing rows are updated, and rows missing from a file stay. You can import a file again.',
  ),
  actions({ ...button(homeWindowId('import'), 'Import a file'), style: 'primary' }),
];
