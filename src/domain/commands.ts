import type { Person } from './access';
import { CASE_KINDS, KINDS } from './kinds';

export interface Command {
  /** Including its slash. */
  readonly name: string;
  /**
   * Who may use it: `everybody`, because all staff may file (domain section 2) and look up their own cases ·
   * `answering`: people who answer for cases (Area Managers, deputies, admins and the desks' roles).
   */
  readonly audience: 'everybody' | 'answering';
  /** What may follow it, as Slack's hint shows it. */
  readonly usage: string;
  /** What it is for: a sentence in the help, and a few words in Slack's list of commands. */
  readonly help: string | ((person: Person) => string);
  readonly summary: string;
}

/** The commands that do not open a form. */
const TOOLS = {
  '/sp-contact': {
    audience: 'everybody',
    usage: '[SJ]',
    help: 'Record an attempt to contact the SP about a job.',
    summary: 'Record an attempt to contact the SP',
  },
  '/case': {
    audience: 'everybody',
    usage: '[reference | SJ | SP account]',
    help: (person: Person) => `Find a case among ${yours(person)}.`,
    summary: 'Find a case',
  },
  '/sp': {
    audience: 'answering',
    usage: '[SP account]',
    help: (person: Person) => `See an SP's scorecard over ${yours(person)}.`,
    summary: "See an SP's scorecard",
  },
  '/who': {
    audience: 'everybody',
    usage: '[area]',
    help: "See who is on duty now, with the area's time.",
    summary: 'See who is on duty',
  },
  '/warmline': {
    audience: 'everybody',
    usage: 'help | search [text] | preferences | cover',
    help: (person: Person) =>
      `Show this help, search ${yours(person)} and export what you find, choose how you are told and your quiet hours, or name who covers for you.${person.isAdmin ? ' `apply-policy` sets the clocks of open cases by the current policy.' : ''}`,
    summary: 'Search cases, or see what Warmline can do for you',
  },
} as const satisfies Readonly<Record<string, Omit<Command, 'name'>>>;
export type ToolName = keyof typeof TOOLS;

/** Every command, in the order of the help: those of the kinds of case first. */
export const COMMANDS: readonly Command[] = [
  ...CASE_KINDS.map((kind): Command => {
    const { command: name, usage, help, summary } = KINDS[kind];
    return { name, audience: 'everybody', usage, help, summary };
  }),
  ...Object.entries(TOOLS).map(([name, tool]): Command => ({ name, ...tool })),
];

/** Whether everyone may use it, so that no one has to be looked up. */
export const isForEverybody = (name: string): boolean =>
  COMMANDS.find((command) => command.name === name)?.audience !== 'answering';

/** Whether this person may use a command; help shows only those. */
export const mayUse = (name: string, { isAdmin, isManager, roles }: Person): boolean =>
  isForEverybody(name) || isAdmin || isManager || roles.some((role) => role !== 'agent');

export const commandsOf = (person: Person): readonly Command[] => COMMANDS.filter(({ name }) => mayUse(name, person));

/** What lookups show this person (domain section 10). */
function yours({ isAdmin, isManager, roles }: Person): string {
  if (isAdmin) return 'all cases';
  if (isManager) return 'the cases of your areas and those you filed';
  return roles.some((role) => role !== 'agent') ? 'the cases of your team and those you filed' : 'the cases you filed';
}

/** Why someone may not use a command, and what to use instead. */
export const notForYou = (name: string): string =>
  `\`${name}\` is for those who answer for cases: Area Managers, deputies, admins and the teams. \`/case\` finds the cases you filed, also by SP account; \`/warmline help\` shows what you can use.`;
