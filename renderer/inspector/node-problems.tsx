import { useShallow } from 'zustand/react/shallow';
import type { NodeId } from '../../core/graph/identifiers.ts';
import { DiagnosticLine } from '../components/diagnostic-line.tsx';
import { Repairs } from '../problems/repairs.tsx';
import { useDocument } from '../state/document-store.ts';

interface NodeProblemsProps {
  readonly id: NodeId;
  /** The parameters that have a field: what is wrong with them stands there. */
  readonly fields: readonly string[];
}

/** What is wrong with the node as a whole. */
export function NodeProblems({ id, fields }: NodeProblemsProps): React.JSX.Element | null {
  const problems = useDocument(
    useShallow((state) =>
      state.diagnostics.filter(({ where }) => where.kind === 'node' && where.node === id && (where.parameter === undefined || !fields.includes(where.parameter))),
    ),
  );
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
