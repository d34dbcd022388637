import { useShallow } from 'zustand/react/shallow';
import type { NodeId } from '../../core/graph/identifiers.ts';
import { DiagnosticLine } from '../components/diagnostic-line.tsx';
import { Repairs } from '../problems/repairs.tsx';
import { useDocument } from '../state/document-store.ts';

/** What is wrong with the node as a whole; what is wrong with a parameter stands at its field, with its repairs here. */
export function NodeProblems({ id }: { readonly id: NodeId }): React.JSX.Element | null {
  const problems = useDocument(useShallow((state) => state.diagnostics.filter(({ where }) => where.kind === 'node' && where.node === id)));
  if (problems.length === 0) return null;
  return (
    <section className="inspector-problems" aria-label="Problems of this node">
      {problems.map((diagnostic) => (
        <div key={`${diagnostic.code} ${diagnostic.message}`}>
          <DiagnosticLine diagnostic={diagnostic} />
          <Repairs diagnostic={diagnostic} />
        </div>
      ))}
    </section>
  );
}
