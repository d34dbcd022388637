import { printCount } from '../../core/diagnostics/phrases.ts';
import type { NodeId } from '../../core/graph/identifiers.ts';
import type { NodeType, PortDeclaration, WireFacts } from '../../core/nodes/node-type.ts';
import { wireLabel } from '../../core/drawing/wire-label.ts';
import { useDocument } from '../state/document-store.ts';
import { nodeWeights, weightCount } from './node-weights.ts';

/** What runs through the node's ports, and how many weights it learns. */
export function NodeShapes({ id, type }: { readonly id: NodeId; readonly type: NodeType }): React.JSX.Element {
  const survey = useDocument((state) => state.survey);
  const facts = survey.propagation.facts.get(id);
  const weights = nodeWeights(survey, id);
  return (
    <section className="inspector-section" aria-label="Shapes">
      <h3>Shapes</h3>
      <dl className="facts">
        {type.inputs.map((port) => (
          <PortFact key={port.name} port={port} facts={facts?.inputs[port.name]} direction="in" />
        ))}
        {type.outputs.map((port) => (
          <PortFact key={port.name} port={port} facts={facts?.outputs[port.name]} direction="out" />
        ))}
        {type.role === 'layer' ? (
          <div>
            <dt>Parameters</dt>
            <dd>{weights === undefined ? 'known once its input is' : printCount(weightCount(weights))}</dd>
          </div>
        ) : null}
        {(weights ?? []).map((weight) => (
          <div key={weight.name} className="facts-detail">
            <dt>{weight.name}</dt>
            <dd>{weight.shape.map(printCount).join(' × ')}</dd>
          </div>
        ))}
      </dl>
      <p className="inspector-note">{type.shapes}</p>
    </section>
  );
}

function PortFact({ port, facts, direction }: { readonly port: PortDeclaration; readonly facts: WireFacts | undefined; readonly direction: 'in' | 'out' }): React.JSX.Element {
  return (
    <div title={port.doc}>
      <dt>
        {direction === 'in' ? '→ ' : ''}
        {port.name}
        {direction === 'out' ? ' →' : ''}
      </dt>
      <dd>{facts === undefined ? nothing(port, direction) : wireLabel(facts)}</dd>
    </div>
  );
}

function nothing(port: PortDeclaration, direction: 'in' | 'out'): string {
  if (direction === 'out') return 'not known yet';
  return port.optional === true ? 'zeros' : 'nothing yet';
}
