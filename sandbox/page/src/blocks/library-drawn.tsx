import 'slack-blocks-to-jsx/dist/style.css';
import { type Block, Message, type MessageProps } from 'slack-blocks-to-jsx';
import type { JsonObject } from '../../../client-protocol';
import { useWorkspaceState } from '../store/context';
import { emojiOf } from '../text/emoji';
import { ChannelMention, Link, Moment, UserMention } from '../text/mrkdwn';

const HOOKS: NonNullable<MessageProps['hooks']> = {
  user: ({ id }) => <UserMention id={id} />,
  channel: ({ id, name }) => <ChannelMention id={id} name={name} />,
  emoji: ({ name }) => emojiOf(name) ?? `:${name}:`,
  date: ({ timestamp, format, fallback }) => <Moment seconds={Number(timestamp)} format={format} fallback={fallback} />,
  link: ({ href, children }) => <Link url={href}>{children}</Link>,
};

/** The library's own type of a block; the boundary around each block catches what it cannot draw. */
const asBlock = (block: JsonObject) => block as Partial<Block> as Block;

/** One display block by `slack-blocks-to-jsx`, its mentions, dates, emoji and links drawn by the page. */
export default function LibraryDrawn({ block }: { block: JsonObject }) {
  const theme = useWorkspaceState((state) => state.theme);
  return (
    <div className="bk-library">
      <Message blocks={[asBlock(block)]} hooks={HOOKS} theme={theme} name="" logo="" withoutWrapper />
    </div>
  );
}
