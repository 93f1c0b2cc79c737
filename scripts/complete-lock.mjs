// Adds to package-lock.json the platform packages (binaries for other systems) that npm left out because of an
// incomplete registry mirror: `npm ci` refuses a lock without them. Run it after `npm install`. Packages for this
// system are never touched, and npm fetches the added ones only on their own system.
import { readFileSync, writeFileSync } from 'node:fs';

const OS = ['android', 'darwin', 'freebsd', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'aix', 'win32', 'linux'];
const CPU = ['arm64', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32', 'arm'];
const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
const added = [];

for (const [place, { optionalDependencies, dev }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies ?? {})) {
    const nested = `${place}/node_modules/${name}`;
    const key = `node_modules/${name}`;
    if (place === '' || lock.packages[nested] || lock.packages[key] || !/^\d/.test(version)) continue;
    const words = name.split(/[/-]/).map((word) => (word === 'win' ? 'win32' : word));
    const os = OS.filter((one) => words.some((word) => word === one));
    const cpu = CPU.filter((one) => words.some((word) => word === one || (one === 'arm' && word === 'armv7')));
    const libc =
      words.includes('musl') || words.includes('musleabihf') ? ['musl'] : words.includes('gnu') ? ['glibc'] : [];
    lock.packages[key] = {
      version,
      ...(cpu.length ? { cpu: cpu.slice(0, 1) } : {}),
      ...(dev ? { dev: true } : {}),
      ...(libc.length ? { libc } : {}),
      optional: true,
      ...(os.length ? { os: os.slice(0, 1) } : {}),
    };
    added.push(name);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length ? `Added ${added.length} packages: ${added.join(', ')}` : 'The lock is complete.');
