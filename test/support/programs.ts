import { join } from 'node:path';
import { compiled, ROOT } from './compiled';

const NAME = 'programs';

/** Compiles whatever tests start in a process of its own. Types are not checked: that is a check of its own. */
export const compilePrograms = (): Promise<string> => compiled(join(__dirname, 'programs.tsconfig.json'), NAME);

/** Where one of them is, as Node runs it. `source`: its path in the repository, such as `src/main.ts`. */
export const program = (source: string): string => join(ROOT, '.cache', NAME, source.replace(/\.ts$/, '.js'));
