import { join } from 'node:path';
import { compiled, ROOT } from './compiled';

const NAME = 'programs';

/** Compiles everything that tests start in separate processes. Does not check types, which is a separate check. */
export const compilePrograms = (): Promise<string> => compiled(join(__dirname, 'programs.tsconfig.json'), NAME);

/** The path of a compiled program. `source`: its path in the repository, such as `src/main.ts`. */
export const program = (source: string): string => join(ROOT, '.cache', NAME, source.replace(/\.ts$/, '.js'));
