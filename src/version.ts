import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The version of this release; package.json is at the same relative path from the sources and from the build. */
export const VERSION = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8'))).version;
