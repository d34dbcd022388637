import type { NodeType } from '../../core/nodes/node-type.ts';
import { Button } from '../components/button.tsx';
import { desktop, valueOrNotice } from '../state/desktop.ts';

/** What goes wrong with the node type, and where it comes from. */
export function NodeSource({ type }: { readonly type: NodeType }): React.JSX.Element {
  const { author, year, title, link } = type.source;
  return (
    <section className="inspector-section" aria-label="About">
      <h3>Good to know</h3>
      <p className="inspector-note">{type.errors}</p>
      <h3>Source</h3>
      <p className="inspector-note selectable">
        {author} ({year}): {title}
      </p>
      <Button look="quiet" icon="link" className="source-link" title={link} onClick={() => void valueOrNotice(desktop().openSource({ nodeType: type.type }))}>
        <span className="source-link-text">{link.replace(/^https?:\/\//, '')}</span>
      </Button>
    </section>
  );
}
