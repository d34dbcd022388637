import type { WireId } from '../../core/graph/identifiers.ts';
import { IconButton } from '../components/button.tsx';
import { runCommand } from '../app/commands.ts';
import { wireLabel } from '../../core/drawing/wire-label.ts';
import { presentDocument, useDocument } from '../state/document-store.ts';

export function WireInspector({ id }: { readonly id: WireId }): React.JSX.Element | null {
  const wire = useDocument((state) => presentDocument(state).wires.find((candidate) => candidate.id === id));
  const survey = useDocument((state) => state.survey);
  if (wire === undefined) return null;
  const labelOf = (node: typeof wire.from.node) => survey.nodes.get(node)?.label ?? node;
  const facts = survey.propagation.facts.get(wire.from.node)?.outputs[wire.from.port];
  return (
    <div className="inspector-scroll">
      <header className="inspector-header">
        <span className="inspector-kind">Wire</span>
        <IconButton icon="trash" label="Delete" keys="Delete" onClick={() => runCommand('delete')} />
      </header>
      <dl className="facts">
        <div>
          <dt>From</dt>
          <dd>
            {labelOf(wire.from.node)}, {wire.from.port}
          </dd>
        </div>
        <div>
          <dt>To</dt>
          <dd>
            {labelOf(wire.to.node)}, {wire.to.port}
          </dd>
        </div>
        <div>
          <dt>Carries</dt>
          <dd>{facts === undefined ? 'not known yet' : wireLabel(facts)}</dd>
        </div>
        {facts?.kind === 'series' && facts.columns !== undefined ? (
          <div>
            <dt>Columns</dt>
            <dd>{facts.columns.join(', ')}</dd>
          </div>
        ) : null}
      </dl>
    </div>
  );
}
