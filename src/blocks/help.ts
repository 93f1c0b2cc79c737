import type { KnownBlock } from '@slack/types';
import type { Person } from '../domain/access';
import { type Command, commandsOf } from '../domain/commands';
import { mrkdwn, plainText } from './text';

interface Usage {
  readonly usage: string;
  readonly what: string | ((person: Person) => string);
}

/** How each command is used, as in the manifest. */
const USAGES: Readonly<Record<Command, Usage>> = {
  '/sp-feedback': { usage: '[SP account] [SJ]', what: 'File feedback about a service professional.' },
  '/high-risk': { usage: '[SP account] [SJ]', what: 'Report a safety issue, the police, a lawsuit, or threats.' },
  '/provider-report': {
    usage: '[SP account] [SJ]',
    what: 'Report that an SP was threatened, harassed or treated wrongly.',
  },
  '/leadership': {
    usage: '[SP account] [SJ]',
    what: 'Take down a caller who wants leadership or has a sensitive concern.',
  },
  '/sp-contact': { usage: '[SJ]', what: 'Record an attempt to contact the SP about a job.' },
  '/escalate': { usage: '[SP account] [SJ]', what: 'Escalate to the Area Manager, once the SP was tried.' },
  '/case': { usage: '[reference | SJ | SP account]', what: (person) => `Find a case among ${yours(person)}.` },
  '/sp': { usage: '[SP account]', what: (person) => `See an SP's scorecard over ${yours(person)}.` },
  '/who': { usage: '[area]', what: "See who is on duty now, with the area's time." },
  '/warmline': {
    usage: 'help | search [text] | preferences | cover',
    what: (person) =>
      `Show this help, search ${yours(person)} and export what you find, choose how you are told and your quiet hours, or name who covers for you.${person.isAdmin ? ' `apply-policy` sets the clocks of open cases by the policy of now.' : ''}`,
  },
};

/** What the lookups show this person (domain section 10). */
function yours({ isAdmin, isManager, roles }: Person): string {
  if (isAdmin) return 'all cases';
  if (isManager) return 'the cases of your areas and those you filed';
  return roles.some((role) => role !== 'agent') ? 'the cases of your team and those you filed' : 'the cases you filed';
}

function line(command: Command, person: Person): string {
  const { usage, what } = USAGES[command];
  return `\`${command} ${usage}\`  ${typeof what === 'string' ? what : what(person)}`;
}

export const helpText = 'Warmline: what you hear on a call reaches the person who owns it.';
/** How to use what this person may use. */
export const helpBlocks = (person: Person): KnownBlock[] => [
  { type: 'header', text: plainText('How to use Warmline') },
  {
    type: 'section',
    text: mrkdwn(
      commandsOf(person)
        .map((command) => line(command, person))
        .join('\n'),
    ),
  },
  {
    type: 'context',
    elements: [
      mrkdwn(
        'A report goes to the Area Manager of the SP. Replies in the thread of its card become notes. You get a DM when it is acknowledged and when it is resolved.',
      ),
    ],
  },
];
