import { DateTime } from 'luxon';
import type { JsonObject } from '../client-protocol';
import { objects, str } from './json';

/** What names and times in rich text mean to its reader. */
export interface Reader {
  readonly nameOf: (id: string) => string;
  /** IANA zone. */
  readonly zone: string;
}

/** A rich_text block as a person reads it: names for mentions, times in the reader's zone, line by line. */
export const richWords = (block: JsonObject, reader: Reader): string =>
  objects(block.elements)
    .map((part) =>
      part.type === 'rich_text_list'
        ? objects(part.elements)
            .map((item) => `• ${inline(item, reader)}`)
            .join('\n')
        : inline(part, reader),
    )
    .join('\n');

const inline = (part: JsonObject, reader: Reader): string =>
  objects(part.elements)
    .map((element) => spoken(element, reader))
    .join('');

function spoken(element: JsonObject, { nameOf, zone }: Reader): string {
  switch (element.type) {
    case 'user':
      return nameOf(str(element.user_id) ?? '');
    case 'channel':
      return `#${nameOf(str(element.channel_id) ?? '')}`;
    case 'usergroup':
      return `@${nameOf(str(element.usergroup_id) ?? '')}`;
    case 'broadcast':
      return `@${str(element.range) ?? ''}`;
    case 'emoji':
      return `:${str(element.name) ?? ''}:`;
    case 'date':
      return moment(Number(element.timestamp), str(element.format) ?? '', zone);
    case 'link':
      return str(element.text) ?? str(element.url) ?? '';
    default:
      return str(element.text) ?? '';
  }
}

/** Slack's date tokens: those of time give the time, all others the date. */
function moment(seconds: number, format: string, zone: string): string {
  const at = DateTime.fromSeconds(seconds, { zone }).setLocale('en-US');
  return format.replace(/\{(\w+)\}/g, (_, token: string) =>
    at.toFormat(token.startsWith('time') ? 'h:mm a' : 'LLL d, yyyy'),
  );
}
