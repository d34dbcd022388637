import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { Button } from '../components/button.tsx';
import { editDocument } from '../state/document-store.ts';
import { findMovedData } from '../state/find-moved-data.ts';

/** The ways out of a problem: each is one click, and undone as one step. */
export function Repairs({ diagnostic }: { readonly diagnostic: Diagnostic }): React.JSX.Element | null {
  const { repairs, where, code } = diagnostic;
  const canFind = (code === 'data-moved' || code === 'data-not-chosen' || code === 'no-data-file') && where.kind === 'node';
  if (repairs.length === 0 && !canFind) return null;
  return (
    <div className="repairs">
      {canFind ? (
        <Button look="quiet" icon="folder" onClick={() => void findMovedData(where.node)}>
          {code === 'data-moved' ? 'Find the file…' : 'Choose a file…'}
        </Button>
      ) : null}
      {repairs.map(({ title, edits }) => (
        <Button key={title} look="quiet" icon="wrench" onClick={() => editDocument(edits)}>
          {title}
        </Button>
      ))}
    </div>
  );
}
