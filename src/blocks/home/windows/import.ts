import type { ModalView } from '@slack/types';
import type { WindowMemory } from '../../../slack/ids/home-window';
import { IMPORTS } from '../../../slack/ids/import';
import { field, literalSection, note } from '../../lines';
import { IMPORT_FILES } from '../import';
import { choiceElement, homeWindow } from './parts';

const KINDS = IMPORTS.map((kind) => ({ value: kind, label: IMPORT_FILES[kind].label }));

/** Takes a file to import; its key is the preselected kind, if any. */
export const importWindow = (memory: WindowMemory): ModalView =>
  homeWindow('import', { title: 'Import a file', submit: 'Check the file', memory }, [
    field('kind', 'What it holds', choiceElement(KINDS, memory.key || null, 'Choose one')),
    field(
      'file',
      'CSV file',
      { type: 'file_input', filetypes: ['csv', 'tsv', 'txt'], max_files: 1 },
      { hint: 'Its first line names the columns, as Admin → Import shows them. From Excel: Save As, CSV UTF-8.' },
    ),
    note('Nothing is written yet: you first see what it would change.'),
  ]);

/** The file is taken. */
export const importTakenWindow = (memory: WindowMemory): ModalView =>
  homeWindow('import', { title: 'Import a file', memory }, [
    literalSection('Warmline is checking the file. You get a direct message that says what it would change.'),
  ]);
