import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { Button } from '../components/button.tsx';
import { DiagnosticLine } from '../components/diagnostic-line.tsx';
import { editDocument } from '../state/document-store.ts';

/** Diagnostics with their repairs as buttons, each undone as one step. */
export function DiagnosticList({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }): React.JSX.Element | null {
  if (diagnostics.length === 0) return null;
  return (
    <ul className="diagnostic-list">
      {diagnostics.map((diagnostic) => (
        <li key={`${diagnostic.code} ${diagnostic.message}`}>
          <DiagnosticLine diagnostic={diagnostic}>
            {diagnostic.repairs.map((repair) => (
              <Button key={repair.title} icon="wrench" onClick={() => editDocument(repair.edits)}>
                {repair.title}
              </Button>
            ))}
          </DiagnosticLine>
        </li>
      ))}
    </ul>
  );
}
