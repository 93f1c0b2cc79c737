import type { Person } from './access';

/**
 * Who may use a command: `everybody`, because all staff may file (domain section 2) and look up what is theirs ·
 * `answering`, whoever answers for cases: Area Managers, deputies, admins and the desks' roles.
 */
type Audience = 'everybody' | 'answering';

/** Every command, in the order in which help names them. */
const COMMANDS = {
  '/sp-feedback': 'everybody',
  '/high-risk': 'everybody',
  '/provider-report': 'everybody',
  '/leadership': 'everybody',
  '/sp-contact': 'everybody',
  '/escalate': 'everybody',
  '/case': 'everybody',
  '/sp': 'answering',
  '/who': 'everybody',
  '/warmline': 'everybody',
} as const satisfies Readonly<Record<string, Audience>>;
export type Command = keyof typeof COMMANDS;

export const isCommand = (name: string): name is Command => Object.hasOwn(COMMANDS, name);

/** Whether everybody may use it, so that nobody has to be looked up. */
export const isForEverybody = (command: Command): boolean => COMMANDS[command] === 'everybody';

/** Whether this person may use a command: help shows it to them, and it answers them. */
export const mayUse = (command: Command, { isAdmin, isManager, roles }: Person): boolean =>
  isForEverybody(command) || isAdmin || isManager || roles.some((role) => role !== 'agent');

/** The commands that help shows this person. */
export const commandsOf = (person: Person): readonly Command[] =>
  Object.keys(COMMANDS)
    .filter(isCommand)
    .filter((command) => mayUse(command, person));

/** Why a command does not answer somebody, and what does. */
export const notForYou = (command: Command): string =>
  `\`${command}\` is for those who answer for cases: Area Managers, deputies, admins and the teams. \`/case\` finds the cases you filed, also by SP account; \`/warmline help\` shows what you can use.`;
