import type { NodeId } from '../../core/graph/identifiers.ts';
import type { NodeType } from '../../core/nodes/node-type.ts';
import { useDocument } from '../state/document-store.ts';
import { equationSizes } from './equation-sizes.ts';

/** What the node computes, with the sizes that its symbols have in this graph. */
export function NodeEquation({ id, type }: { readonly id: NodeId; readonly type: NodeType }): React.JSX.Element {
  const survey = useDocument((state) => state.survey);
  const sizes = equationSizes(survey, id);
  return (
    <section className="inspector-section" aria-label="Equation">
      <h3>Equation</h3>
      <pre className="equation selectable" tabIndex={0}>
        {type.equation.split('\n').map((line) => (
          <EquationLine key={line} line={line} />
        ))}
      </pre>
      {sizes.length === 0 ? null : (
        <dl className="facts facts-symbols">
          {sizes.map(({ symbol, size }) => (
            <div key={`${symbol} ${size}`}>
              <dt>{symbol}</dt>
              <dd>{size}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

/** An equation with, after two spaces, what it gives. */
function EquationLine({ line }: { readonly line: string }): React.JSX.Element {
  const [equation = '', ...about] = line.split(/ {2,}/);
  return (
    <span className="equation-line">
      {equation}
      {about.length === 0 ? null : <span className="equation-about"> {about.join('  ')}</span>}
    </span>
  );
}
