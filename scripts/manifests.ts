import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withCommands } from './manifests/with-commands';

/** Writes the commands and message shortcuts of the source into the app manifests: `npm run manifests`. */
const folder = join(__dirname, '../manifests');
for (const name of readdirSync(folder)) {
  const file = join(folder, name);
  writeFileSync(file, `${JSON.stringify(withCommands(JSON.parse(readFileSync(file, 'utf8'))), null, 2)}\n`);
  console.log(`manifests/${name} is up to date.`);
}
