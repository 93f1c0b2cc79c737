import type { KnownBlock } from '@slack/types';
import type { Person } from '../domain/access';
import { type Command, commandsOf } from '../domain/commands';
import { header, remark, section } from './lines';

const line = ({ name, usage, help }: Command, person: Person): string =>
  `\`${name} ${usage}\`  ${typeof help === 'string' ? help : help(person)}`;

export const helpText = 'Warmline: what you hear on a call reaches the person who owns it.';
/** Help for what this person may use. */
export const helpBlocks = (person: Person): KnownBlock[] => [
  header('How to use Warmline'),
  section(
    commandsOf(person)
      .map((command) => line(command, person))
      .join('\n'),
  ),
  remark(
    'A report goes to the Area Manager of the SP. Replies in the thread of its card become notes. You get a DM when it is acknowledged and when it is resolved.',
  ),
];
