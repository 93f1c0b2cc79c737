import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { SECRET_CHANNELS } from '../domain/access';
import type { Actor } from '../domain/actor';
import type { Rung } from '../domain/allowance';
import { shown } from '../domain/clean-text';
import { differences } from '../domain/configuration';
import { EVERY_OTHER } from '../domain/directory-rules';
import type { FileReport, ImportFault } from '../domain/import-report';
import { Policy } from '../domain/policy';
import { namedIn } from '../domain/policy-items';
import { CONFIG_ROLES } from '../domain/role';
import type { SlackLookup } from '../domain/workspace';
import { areaNames } from './import-areas';
import { resolveChannel, resolveMember } from './import-people-and-channels';
import { blame, count, emptyReport, type Source } from './import-report';
import { storedTarget } from './ladder-targets';
import type { Directory, DirectoryWriter } from './ports/directory';
import { type Encoding, lookAt, textOf } from './table/encoding';
import { type SetTargets, unsetTargets } from './unset-targets';

/** A fault of policy.yaml; `path` leads to the value, e.g. `clocks.sp_feedback.default`. */
export type PolicyFault = ImportFault & { readonly column: number; readonly path: string };
type Path = readonly PropertyKey[];
type Place = (path: Path, of?: 'key' | 'value') => { line: number; column: number };

const KNOWN_ROLES: ReadonlySet<string> = new Set(CONFIG_ROLES);

/** Reads policy.yaml, or lists every fault with its position in the text. Channels are left as written. */
export function parsePolicy(
  text: string,
  file: string,
): { ok: true; policy: Policy; place: Place } | { ok: false; faults: PolicyFault[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const place: Place = (path, of = 'value') => at(nodeAt(document.contents, path, of)?.range?.[0] ?? 0);
  if (document.errors.length > 0)
    return {
      ok: false,
      faults: document.errors.map(({ message, pos }) => ({
        file,
        ...at(pos[0]),
        path: '',
        reason: `is not YAML: ${message.split(/ at line \d+/)[0]}`,
      })),
    };
  const read = Policy.safeParse(document.toJS() ?? {}, { reportInput: true });
  if (read.success) return { ok: true, policy: read.data, place };
  const faults = read.error.issues.flatMap((issue): PolicyFault[] => {
    const at = (path: Path, of: 'key' | 'value'): PolicyFault => {
      return { file, ...place(path, of), path: path.join('.'), reason: `${path.join('.')}: ${inWords(issue)}` };
    };
    if (issue.code !== 'unrecognized_keys') return [at(issue.path, 'value')];
    return issue.keys.map((key) => at([...issue.path, key], 'key'));
  });
  return { ok: false, faults: faults.sort((a, b) => a.line - b.line || a.column - b.column) };
}

interface PolicyImport {
  readonly directory: DirectoryWriter & Pick<Directory, 'policy'>;
  readonly slack: SlackLookup;
  readonly dryRun: boolean;
  readonly by: string;
  /** The areas by now, whose names match in any letter case. */
  readonly areas: ReadonlySet<string>;
  /** Admins whatever the policy says. */
  readonly admins: readonly Actor[];
  readonly set?: SetTargets;
}

/** Imports policy.yaml: its channels are checked and become ids; it is saved as a whole or not at all. */
export async function importPolicy(source: Source, options: PolicyImport): Promise<FileReport> {
  const report = { ...emptyReport(source.name), rows: 1 };
  const written = await lookAt(source.open);
  if (!written.ok) {
    blame(report, written.line, 'file', written.reason);
    return report;
  }
  const read = parsePolicy(await wholeText(source, written.encoding), source.name);
  if (!read.ok) {
    for (const { line, column, reason } of read.faults) blame(report, line, column, reason);
    return report;
  }
  const { policy, place } = read;
  const refuse = (path: Path, reason: string) => {
    const { line, column } = place(path);
    blame(report, line, column, `${path.join('.')}: ${reason}`);
  };

  for (const name of Object.keys(policy.channels) as (keyof Policy['channels'])[]) {
    const given = policy.channels[name];
    if (given === null) continue;
    const found = await resolveChannel(options.slack, given, SECRET_CHANNELS.has(name));
    if (found.ok) policy.channels[name] = found.id;
    else refuse(['channels', name], found.reason);
  }
  for (const [role, members] of Object.entries(policy.roles)) {
    if (!KNOWN_ROLES.has(role))
      refuse(['roles', role], `there is no such role: use one of ${[...KNOWN_ROLES].join(', ')}`);
    for (const [index, given] of members.entries()) {
      const found = await resolveMember(options.slack, given);
      if (found.ok) members[index] = found.id;
      else refuse(['roles', role, index], found.reason);
    }
  }
  const before = await options.directory.policy();
  if (before.roles.admin?.length && !policy.roles.admin?.length && !options.admins.length)
    refuse(['roles', 'admin'], 'no one would be an admin anymore: name someone here, or in ADMIN_USERS');
  report.notes.push(...namedAsAreas(policy, options.areas, refuse));
  for (const { path, rungs } of laddersOf(policy))
    for (const [index, rung] of rungs.entries()) {
      const found = await storedTarget(options.slack, rung.to);
      if (found.ok) rung.to = found.id;
      else refuse([...path, index, 'to'], found.reason);
    }
  for (const [index, given] of policy.sent_to_manager.entries()) {
    const found = await storedTarget(options.slack, given);
    if (found.ok) policy.sent_to_manager[index] = found.id;
    else refuse(['sent_to_manager', index], found.reason);
  }
  // Only a warning: the app may run in another environment than the import.
  if (options.set) report.notes.push(...unsetTargets(options.set, namedIn(policy, null), policy.webhooks));
  // What a file leaves out goes back to its default, whoever set it since.
  const parts = [...new Set(differences(before, policy).map(({ path: [part] }) => part))];
  if (parts.length) report.notes.push(`It replaces these parts of the policy in force: ${parts.join(', ')}.`);
  if (report.faultCount === 0) count(report, await options.directory.savePolicy(policy, options.by, options.dryRun));
  return report;
}

/** Gives calendars the names of their areas as in the directory; says which of them are of no area. */
function namedAsAreas(
  { calendars }: Policy,
  areas: ReadonlySet<string>,
  refuse: (path: Path, reason: string) => void,
): readonly string[] {
  const nameOf = areaNames(areas);
  const unknown: string[] = [];
  for (const [given, rules] of Object.entries(calendars)) {
    const name = given === EVERY_OTHER ? given : nameOf(given);
    if (name === given) continue;
    if (name === null) unknown.push(`No area is called ${shown(given)}: its calendar serves no case.`);
    else if (Object.hasOwn(calendars, name)) refuse(['calendars', given], `${name} has another calendar: keep one`);
    else {
      delete calendars[given];
      calendars[name] = rules;
    }
  }
  return unknown;
}

/** Every ladder of a policy with its path: those of the clocks, and those of allowances. */
export const laddersOf = ({ ladders, clocks }: Policy): { path: Path; rungs: Rung[] }[] => [
  ...Object.entries(ladders).map(([clock, rungs]) => ({ path: ['ladders', clock], rungs })),
  ...Object.entries(clocks).flatMap(([kind, severities]) =>
    Object.entries(severities).flatMap(([severity, allowances]) =>
      Object.entries(allowances).flatMap(([clock, { ladder }]) =>
        ladder ? [{ path: ['clocks', kind, severity, clock, 'ladder'], rungs: ladder }] : [],
      ),
    ),
  ),
];

/** The value at a path, or the deepest one on the way; its key if requested, or if it spans lines. */
function nodeAt(root: Node | null, path: Path, of: 'key' | 'value'): Node | null {
  let node = root;
  for (const [index, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) return node;
      const value = pair.value as Node | null;
      const isLast = index === path.length - 1;
      if (isLast && (of === 'key' || !isScalar(value))) return pair.key as Node;
      node = value ?? (pair.key as Node);
    } else if (isSeq(node)) {
      const item = node.items[Number(step)];
      if (!isNode(item)) return node;
      node = item;
    } else return node;
  }
  return node;
}

function inWords(issue: { code?: string | undefined; message: string; input?: unknown }): string {
  if (issue.code === 'unrecognized_keys') return 'there is no such setting: correct its name or remove it';
  if (issue.input === undefined && issue.code === 'invalid_type') return `is missing (${issue.message})`;
  return issue.message;
}

async function wholeText(source: Source, encoding: Encoding): Promise<string> {
  let text = '';
  for await (const piece of textOf(source.open, encoding)) text += piece;
  return text.replace(/^\uFEFF+/, '');
}
