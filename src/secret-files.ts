import { readFileSync } from 'node:fs';

type Env = Readonly<Record<string, string | undefined>>;

/** The secret settings: each may be given as the path of a file that contains it, under its name and `_FILE`. */
export const SECRET_SETTINGS = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'MONGODB_URI',
  'SMTP_PASSWORD',
] as const;
/** The policy names the secrets of webhooks. */
const WEBHOOK_SECRET_FILE = /^WEBHOOK_SECRET_.+_FILE$/;
const SUFFIX = '_FILE';

/**
 * The settings, with secrets read from files, as orchestrators mount them, or what is wrong with each file. No fault
 * repeats a path, which may be the secret itself under the wrong name.
 */
export function withSecretFiles(given: Env): { readonly given: Env; readonly faults: readonly string[] } {
  const read: Record<string, string | undefined> = { ...given };
  const faults: string[] = [];
  const files = Object.keys(given).filter((name) => WEBHOOK_SECRET_FILE.test(name));
  for (const file of [...SECRET_SETTINGS.map((name) => `${name}${SUFFIX}`), ...files]) {
    const path = given[file];
    if (!path) continue;
    const name = file.slice(0, -SUFFIX.length);
    delete read[file];
    if (given[name]) {
      faults.push(`${file} is given beside ${name}: keep one of the two.`);
      continue;
    }
    const { text, fault } = contents(path);
    if (fault) faults.push(`${file} names a file that ${fault}: put ${name} alone into it, and its path here.`);
    // Its own fault replaces `is not set`.
    read[name] = fault ? undefined : text;
  }
  return { given: read, faults };
}

/** A file's content, trimmed. */
function contents(path: string): { readonly text: string; readonly fault: string | null } {
  try {
    const text = readFileSync(path, 'utf8').trim();
    return { text, fault: text ? null : 'is empty' };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { text: '', fault: WHY[code] ?? `cannot be read (${code})` };
  }
}
const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  EACCES: 'may not be read',
  EISDIR: 'is a folder',
};
