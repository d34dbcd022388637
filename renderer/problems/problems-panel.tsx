import type { Diagnostic, Where } from '../../core/diagnostics/diagnostic.ts';
import type { GraphSurvey } from '../../core/check/graph-survey.ts';
import { DiagnosticLine } from '../components/diagnostic-line.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { canvasControl } from '../canvas/canvas-control.ts';
import { currentDocument, useDocument } from '../state/document-store.ts';
import { selectPlace } from '../state/selection-store.ts';
import { Repairs } from './repairs.tsx';

/** Everything that is wrong with the graph and its data. A line selects its culprit and offers its repairs. */
export function ProblemsPanel(): React.JSX.Element {
  const diagnostics = useDocument((state) => state.diagnostics);
  const survey = useDocument((state) => state.survey);
  if (diagnostics.length === 0) {
    return survey.nodes.size === 0 ? (
      <EmptyState title="Nothing drawn yet" text="What is wrong with the graph will be listed here, with ways to mend it." />
    ) : (
      <EmptyState title="No problems" text="The graph is sound: press Train." />
    );
  }
  return (
    <ul className="problems">
      {diagnostics.map((diagnostic, index) => (
        <li key={`${index} ${diagnostic.code}`}>
          <button type="button" className="problem" onClick={() => reveal(diagnostic)}>
            <span className="problem-place">{placeName(diagnostic.where, survey)}</span>
            <DiagnosticLine diagnostic={diagnostic} />
          </button>
          <Repairs diagnostic={diagnostic} />
        </li>
      ))}
    </ul>
  );
}

/** How many errors and warnings there are, for the tab. */
export function ProblemCount(): React.JSX.Element | null {
  const errors = useDocument((state) => state.diagnostics.filter(({ severity }) => severity === 'error').length);
  const warnings = useDocument((state) => state.diagnostics.filter(({ severity }) => severity === 'warning').length);
  if (errors + warnings === 0) return null;
  return (
    <span className={errors > 0 ? 'badge badge-error' : 'badge badge-warning'}>
      {errors + warnings}
      <span className="visually-hidden"> {errors > 0 ? 'problems' : 'warnings'}</span>
    </span>
  );
}

function reveal({ where }: Diagnostic): void {
  if (!selectPlace(where)) return;
  if (where.kind === 'node') canvasControl()?.reveal([where.node]);
  const wire = where.kind === 'wire' ? currentDocument().wires.find(({ id }) => id === where.wire) : undefined;
  if (wire !== undefined) canvasControl()?.reveal([wire.from.node, wire.to.node]);
}

function placeName(where: Where, survey: GraphSurvey): string {
  switch (where.kind) {
    case 'node':
      return survey.nodes.get(where.node)?.label ?? where.node;
    case 'wire':
      return 'Wire';
    case 'file':
      return where.file;
    case 'project':
    case 'value':
    case 'option':
    case 'run':
      return 'Graph';
  }
}
