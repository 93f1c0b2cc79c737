import type { JsonObject } from '../../../client-protocol';
import { Boundary } from '../parts/boundary';
import { Mrkdwn, Words } from '../text/mrkdwn';
import { ContextBlock, HeaderBlock, ImageBlock, TableBlock } from './display';
import { Element } from './element';
import { InputBlock } from './input-block';
import { isLibraryBlock, LibraryBlock } from './library-block';
import { blockIdOf, object, objects, text, words } from './read';

interface BlockProps {
  block: JsonObject;
  blockId: string;
}

function SectionBlock({ block, blockId }: BlockProps) {
  const accessory = object(block.accessory);
  const fields = objects(block.fields);
  return (
    <div className={accessory ? 'bk-section bk-with-accessory' : 'bk-section'}>
      <div className="bk-section-text">
        {block.text ? <Words of={object(block.text)} /> : null}
        {fields.length > 0 && (
          <div className="bk-fields">
            {fields.map((field, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: fields have no identity but their place
              <div key={index}>
                <Words of={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {accessory && (
        <div className="bk-accessory">
          <Element element={accessory} blockId={blockId} label={words(block.text)} />
        </div>
      )}
    </div>
  );
}

function ActionsBlock({ block, blockId }: BlockProps) {
  return (
    <div className="bk-actions">
      {objects(block.elements).map((element, index) => (
        <Element key={text(element.action_id) || index} element={element} blockId={blockId} label="" />
      ))}
    </div>
  );
}

function AlertBlock({ block }: BlockProps) {
  const level = text(block.level) || 'default';
  return (
    <div className={`bk-alert bk-alert-${level}`} role="note" aria-label={level}>
      <Words of={object(block.text)} />
    </div>
  );
}

function ContainerBlock({ block }: BlockProps) {
  return (
    <section className="bk-container">
      <h4>
        <Words of={object(block.title)} />
      </h4>
      {block.subtitle ? (
        <p>
          <Words of={object(block.subtitle)} />
        </p>
      ) : null}
      <Blocks blocks={objects(block.child_blocks)} />
    </section>
  );
}

function CardBlock({ block, blockId }: BlockProps) {
  return (
    <section className="bk-container">
      <h4>
        <Words of={object(block.title)} />
      </h4>
      {(['subtitle', 'body'] as const).map((part) =>
        block[part] ? (
          <p key={part}>
            <Words of={object(block[part])} />
          </p>
        ) : null,
      )}
      {objects(block.actions).length > 0 && (
        <ActionsBlock block={{ type: 'actions', elements: objects(block.actions) }} blockId={blockId} />
      )}
    </section>
  );
}

/** An unknown block is shown as such, never as nothing. */
function UnknownBlock({ block }: BlockProps) {
  return (
    <details className="bk-unknown">
      <summary>Cannot show a “{text(block.type) || 'nameless'}” block here</summary>
      <pre>{JSON.stringify(block, null, 2)}</pre>
    </details>
  );
}

const KINDS: { [type: string]: (props: BlockProps) => React.ReactNode } = {
  section: SectionBlock,
  header: HeaderBlock,
  context: ContextBlock,
  divider: () => <hr className="bk-divider" />,
  image: ImageBlock,
  table: TableBlock,
  alert: AlertBlock,
  container: ContainerBlock,
  card: CardBlock,
  actions: ActionsBlock,
  context_actions: ActionsBlock,
  input: InputBlock,
};

/** Block Kit from data. Needs a `ViewHost` or `MessageHost` around it. */
export function Blocks({ blocks }: { blocks: readonly JsonObject[] }) {
  return (
    <div className="bk">
      {blocks.map((block, index) => {
        const blockId = blockIdOf(block, index);
        const type = text(block.type);
        const Kind = KINDS[type] ?? (isLibraryBlock(type) ? LibraryBlock : UnknownBlock);
        return (
          <Boundary key={`${type}:${blockId}`} otherwise={<UnknownBlock block={block} blockId={blockId} />}>
            <Kind block={block} blockId={blockId} />
          </Boundary>
        );
      })}
    </div>
  );
}

const HEX_COLOR = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i;
const NAMED: { [name: string]: string } = { good: '#2eb67d', warning: '#ecb22e', danger: '#e01e5a' };

/** Secondary attachments: a colored bar with blocks or the old text fields next to it. */
export function Attachments({ attachments }: { attachments: readonly JsonObject[] }) {
  return attachments.map((attachment, index) => {
    const color = text(attachment.color);
    const hex = HEX_COLOR.exec(color)?.[1];
    const blocks = objects(attachment.blocks);
    return (
      <div
        // biome-ignore lint/suspicious/noArrayIndexKey: attachments have no identity but their place
        key={index}
        className="attachment"
        style={{ borderColor: hex ? `#${hex}` : (NAMED[color] ?? 'var(--line-strong)') }}
      >
        {blocks.length > 0 ? (
          <Blocks blocks={blocks} />
        ) : (
          <>
            {attachment.pretext ? <Mrkdwn>{text(attachment.pretext)}</Mrkdwn> : null}
            {attachment.title ? <strong>{text(attachment.title)}</strong> : null}
            <Mrkdwn>{text(attachment.text) || text(attachment.fallback)}</Mrkdwn>
          </>
        )}
      </div>
    );
  });
}
