import type { JsonObject } from '../../../client-protocol';
import { Icon } from '../parts/icon';
import { Words } from '../text/mrkdwn';
import { useHost, useMyId } from './host';
import { LibraryBlock } from './library-block';
import { object, objects, text } from './read';

interface BlockProps {
  block: JsonObject;
  blockId: string;
}

export function HeaderBlock({ block }: BlockProps) {
  const Heading = useHost().surface === 'modal' ? 'h3' : 'h2';
  return (
    <Heading className="bk-header">
      <Words of={object(block.text)} />
    </Heading>
  );
}

/** Pictures from this server are shown; others stay a link: the page loads nothing from outside. */
export function Picture({ source, alt, small = false }: { source: string; alt: string; small?: boolean }) {
  const here = source.startsWith('/') || source.startsWith('data:image/') || source.startsWith(location.origin);
  if (here) return <img className={small ? 'bk-icon' : 'bk-image'} src={source} alt={alt} />;
  return (
    <a
      className="bk-image-link"
      href={/^https?:/.test(source) ? source : '#'}
      target="_blank"
      rel="noreferrer noopener"
    >
      <Icon name="image" size={16} /> {alt || 'Image'}
    </a>
  );
}

/** A picture's address; a file of the workspace is requested as the person who looks at it. */
function sourceOf(image: JsonObject, me: string): string {
  const file = object(image.slack_file);
  const id = text(file?.id) || (/\/files\/(?:[^/]+\/)?(F[A-Z0-9]+)\//.exec(text(file?.url))?.[1] ?? '');
  return text(image.image_url) || (id ? `/client/file/${id}?user=${me}` : text(file?.url));
}

export function ContextBlock({ block }: BlockProps) {
  const me = useMyId();
  return (
    <div className="bk-context">
      {objects(block.elements).map((element, index) =>
        element.type === 'image' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: elements have no identity but their place
          <Picture key={index} source={sourceOf(element, me)} alt={text(element.alt_text)} small />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: elements have no identity but their place
          <span key={index}>
            <Words of={element} />
          </span>
        ),
      )}
    </div>
  );
}

export function ImageBlock({ block }: BlockProps) {
  const me = useMyId();
  return (
    <figure className="bk-figure">
      {block.title ? (
        <figcaption>
          <Words of={object(block.title)} />
        </figcaption>
      ) : null}
      <Picture source={sourceOf(block, me)} alt={text(block.alt_text)} />
    </figure>
  );
}

function Cell({ cell }: { cell: JsonObject }) {
  if (cell.type === 'rich_text') return <LibraryBlock block={cell} blockId="" />;
  return <>{text(cell.text) || (typeof cell.value === 'number' ? String(cell.value) : '')}</>;
}

/** A table whose first row is its heading, as Slack draws it. */
export function TableBlock({ block }: BlockProps) {
  const rows = Array.isArray(block.rows) ? block.rows.map((row) => objects(row)) : [];
  const settings = objects(block.column_settings);
  const align = (column: number) => {
    const side = text(settings[column]?.align);
    return side === 'right' || side === 'center' ? side : 'left';
  };
  const [head = [], ...body] = rows;
  return (
    // A wide table scrolls, and a scrolling region must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="bk-table-scroll" tabIndex={0} aria-label="Table">
      <table className="bk-table">
        <thead>
          <tr>
            {head.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity but their place
              <th key={column} scope="col" style={{ textAlign: align(column) }}>
                <Cell cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <tr key={index}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity but their place
                <td key={column} style={{ textAlign: align(column) }}>
                  <Cell cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
