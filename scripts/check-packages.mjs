// Checks Warmline's packages, using only package.json and its lock: exact versions, a checksum of every package that
// ships, licenses that a company may ship under, and that docs/dependencies.md says why each dependency is there.
import { readFileSync } from 'node:fs';

/** Each lets a company ship it unchanged with its own code; MPL requires the source of changed files. */
const LICENSES = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'PSF-2.0',
  'Unlicense',
]);

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const { dependencies, devDependencies } = JSON.parse(read('package.json'));
const { packages } = JSON.parse(read('package-lock.json'));
const faults = [];

/** Whether an SPDX expression allows it: all parts of an AND, one of an OR. */
const isAllowed = (expression) =>
  expression
    .replace(/^\((.*)\)$/, '$1')
    .split(' AND ')
    .every((part) => part.split(' OR ').some((one) => LICENSES.has(one.replace(/[()]/g, '').trim())));

for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
  if (!/^\d+\.\d+\.\d+$/.test(version)) faults.push(`${name} has no exact version in package.json: ${version}`);

for (const [place, { integrity, license, dev, optional, os, cpu }] of Object.entries(packages)) {
  if (place === '') continue;
  const name = place.replace(/^.*node_modules\//, '');
  // Binaries of tools for other systems: the mirror behind the lock has none of them.
  if (!integrity && dev && optional && (os || cpu)) continue;
  if (!integrity?.startsWith('sha512-')) faults.push(`${name} has no checksum in package-lock.json`);
  if (!license) faults.push(`${name} names no license`);
  else if (!isAllowed(license)) faults.push(`${name} has a license that is not on the list: ${license}`);
}

const listed = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` \| \S/gm)].map(([, name]) => name);
for (const name of Object.keys(dependencies))
  if (!listed.includes(name)) faults.push(`docs/dependencies.md does not say why ${name} is there`);
for (const name of listed)
  if (!dependencies[name]) faults.push(`docs/dependencies.md lists ${name}, which is no dependency`);

for (const fault of faults) console.error(fault);
if (!faults.length) console.log(`${Object.keys(packages).length - 1} packages, all well.`);
process.exitCode = faults.length ? 1 : 0;
