import { Fragment, type ReactNode } from 'react';
import { type Node, NodeType, parse } from 'slack-message-parser';
import { useUser, useWorkspace, useWorkspaceState, useZone } from '../store/context';
import { openLink } from '../store/open-link';
import { nowOf } from '../store/state';
import { unescapeText } from './compose';
import { formatDate, fullMoment } from './dates';
import { emojiOf, withEmoji } from './emoji';

export function UserMention({ id }: { id: string }) {
  const user = useUser(id);
  const mine = useWorkspaceState((state) => state.boot?.me.id === id);
  return <span className={mine ? 'mention mention-me' : 'mention'}>@{user?.realName || user?.name || id}</span>;
}

export function ChannelMention({ id, name }: { id: string; name?: string | undefined }) {
  const store = useWorkspace();
  const channel = useWorkspaceState((state) => state.channels.find((each) => each.id === id) ?? null);
  // Like Slack, which shows neither name nor id of a private channel to those who are not in it.
  if (!channel) return <span className="mention">{name ? `#${name}` : '🔒 private channel'}</span>;
  return (
    <button type="button" className="mention" onClick={() => store.go({ kind: 'channel', id })}>
      #{channel.name || id}
    </button>
  );
}

/** A time in the acting user's own zone; the exact time is its tooltip. */
export function Moment({ seconds, format, fallback }: { seconds: number; format: string; fallback: string }) {
  const zone = useZone();
  const day = useWorkspaceState((state) => Math.floor(nowOf(state) / 60_000));
  if (!Number.isFinite(seconds)) return <>{fallback}</>;
  return (
    <time dateTime={new Date(seconds * 1000).toISOString()} title={`${fullMoment(seconds * 1000, zone)} (${zone})`}>
      {formatDate(format, seconds, day * 60_000, zone)}
    </time>
  );
}

const SAFE_LINK = /^(https?:|mailto:|tel:|\/client\/)/i;
export function Link({ url, children }: { url: string; children: ReactNode }) {
  const store = useWorkspace();
  if (!SAFE_LINK.test(url)) return <>{children}</>;
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer noopener"
      onClick={(event) => {
        if (openLink(store, url)) event.preventDefault();
      }}
    >
      {children}
    </a>
  );
}

function renderCommand(node: Extract<Node, { type: NodeType.Command }>): ReactNode {
  const [first = '', second = '', link] = node.arguments;
  if (node.name === 'date') {
    const moment = <Moment seconds={Number(first)} format={second} fallback={unescapeText(labelOf(node.label))} />;
    return link ? <Link url={unescapeText(link)}>{moment}</Link> : moment;
  }
  const label = labelOf(node.label) || (node.name === 'subteam' ? first : node.name);
  return <span className="mention">{label.startsWith('@') ? label : `@${label}`}</span>;
}

const labelOf = (nodes: readonly Node[] | undefined): string => (nodes ?? []).map((node) => node.source).join('');

const BARE_LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/;
/** Addresses typed as they are become links. */
const withLinks = (text: string): ReactNode =>
  text.split(BARE_LINK).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
      <Link key={index} url={part}>
        {part}
      </Link>
    ) : (
      part
    ),
  );

function renderNode(node: Node): ReactNode {
  switch (node.type) {
    case NodeType.Text:
      return withLinks(unescapeText(node.text));
    case NodeType.UserLink:
      return <UserMention id={node.userID} />;
    case NodeType.ChannelLink:
      return <ChannelMention id={node.channelID} name={labelOf(node.label)} />;
    case NodeType.URL:
      if (!SAFE_LINK.test(node.url)) return unescapeText(node.source);
      return <Link url={unescapeText(node.url)}>{node.label ? renderAll(node.label) : unescapeText(node.url)}</Link>;
    case NodeType.Command:
      return renderCommand(node);
    case NodeType.Emoji:
      return emojiOf(node.name) ?? node.source;
    case NodeType.Bold:
      return <strong>{renderAll(node.children)}</strong>;
    case NodeType.Italic:
      return <em>{renderAll(node.children)}</em>;
    case NodeType.Strike:
      return <s>{renderAll(node.children)}</s>;
    case NodeType.Code:
      return <code>{unescapeText(node.text)}</code>;
    case NodeType.PreText:
      return <pre>{unescapeText(node.text.replace(/^\n|\n$/g, ''))}</pre>;
    case NodeType.Quote:
      return <blockquote>{renderAll(node.children)}</blockquote>;
    case NodeType.Root:
      return renderAll(node.children);
  }
}

const renderAll = (nodes: readonly Node[]): ReactNode =>
  // A parse is redrawn as a whole, so a node's position is its identity.
  // biome-ignore lint/suspicious/noArrayIndexKey: see above
  nodes.map((node, index) => <Fragment key={index}>{renderNode(node)}</Fragment>);

/** Slack's mrkdwn. Anything else, including HTML, shows as the characters it is. */
export function Mrkdwn({ children }: { children: string }) {
  return <span className="mrkdwn">{renderNode(parse(children.replace(/^(?:>|&gt;) ?/gm, '&gt;')))}</span>;
}

/** A text object of either kind, or a bare string. */
export function Words({ of }: { of: { type?: unknown; text?: unknown; emoji?: unknown } | null | undefined }) {
  const text = typeof of?.text === 'string' ? of.text : '';
  if (of?.type === 'mrkdwn') return <Mrkdwn>{text}</Mrkdwn>;
  const words = of?.emoji === false ? text : withEmoji(text);
  return text.includes('\n') ? <span className="bk-lines">{words}</span> : words;
}
