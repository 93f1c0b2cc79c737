import type { z } from 'zod';
import { isObject } from './walk';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** One line as Slack writes it; `pointer` is a JSON pointer into the request. */
export const errorLine = (text: string, pointer: string) => `[ERROR] ${text} [json-pointer:${pointer}]`;

export const NO_SCHEMA = 'failed to match all allowed schemas';

const pointerOf = (base: string, path: Path) =>
  path.reduce<string>((all, key) => `${all}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`, base);

const TYPE_NAMES: Record<string, string> = {
  object: 'an object',
  array: 'an array',
  string: 'a string',
  boolean: 'a boolean',
  number: 'a number',
  int: 'an integer',
};

const tooBig = ({ origin, maximum }: { origin: string; maximum: number | bigint }) => {
  if (origin === 'string') return `must be less than ${Number(maximum) + 1} characters`;
  return origin === 'array' ? `no more than ${maximum} items allowed` : `must be less than ${Number(maximum) + 1}`;
};

const tooSmall = ({ origin, minimum }: { origin: string; minimum: number | bigint }) => {
  if (origin === 'string') return `must be more than ${Number(minimum) - 1} characters`;
  return origin === 'array' ? `no fewer than ${minimum} items allowed` : `must be more than ${Number(minimum) - 1}`;
};

/** Slack's texts for one fault of a schema, and their paths. */
function linesOf(issue: Issue): { text: string; path: Path }[] {
  const { path } = issue;
  const missing = issue.input === undefined && issue.code !== 'custom' && issue.code !== 'unrecognized_keys';
  if (missing && issue.code !== 'invalid_union')
    return [{ text: `missing required field: ${String(path.at(-1))}`, path }];
  switch (issue.code) {
    case 'invalid_type':
      return [{ text: `must provide ${TYPE_NAMES[issue.expected] ?? issue.expected}`, path }];
    case 'too_big':
      return [{ text: tooBig(issue), path }];
    case 'too_small':
      return [{ text: tooSmall(issue), path }];
    case 'invalid_value':
      return [{ text: `must be one of: ${issue.values.map(String).join(', ')}`, path }];
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ text: `invalid additional property: ${key}`, path }));
    case 'invalid_union': {
      if (!('discriminator' in issue)) return [{ text: NO_SCHEMA, path }];
      const found = isObject(issue.input) ? issue.input.type : issue.input;
      if (found === undefined) return [{ text: 'missing required field: type', path }];
      return [{ text: `unsupported type: ${typeof found === 'string' ? found : JSON.stringify(found)}`, path }];
    }
    default:
      return [{ text: issue.message, path }];
  }
}

/** Where Slack allows either kind of text object, it first says that no schema matched. */
const EITHER_TEXT = /^(.*\/(?:fields\/\d+|(?:blocks|child_blocks|options)\/\d+\/text|confirm\/text))\/[^/]+$/;

/** Slack's lines for the faults of a schema, in the order found; `base`: the pointer to what was parsed. */
export function slackMessages(issues: readonly Issue[], base: string): string[] {
  const lines = issues.flatMap(linesOf).flatMap(({ text, path }) => {
    const pointer = pointerOf(base, path);
    const either = EITHER_TEXT.exec(pointer)?.[1];
    return either ? [errorLine(NO_SCHEMA, either), errorLine(text, pointer)] : [errorLine(text, pointer)];
  });
  return [...new Set(lines)];
}
