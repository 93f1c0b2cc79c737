/** The message of a Slack permalink. */
export interface MessageAddress {
  channel: string;
  ts: string;
  /** The parent of its thread, if it is a reply. */
  threadTs: string | null;
}

/** The message of this workspace behind a permalink, or null for any other address. */
export function messageAt(url: string, domain: string): MessageAddress | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname, pathname, searchParams } = new URL(url);
  const [, channel, seconds, micros] = /^\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})$/.exec(pathname) ?? [];
  if (protocol !== 'https:' || hostname !== `${domain}.slack.com` || !channel) return null;
  const ts = `${seconds}.${micros}`;
  const threadTs = searchParams.get('thread_ts');
  return { channel, ts, threadTs: threadTs && threadTs !== ts ? threadTs : null };
}
