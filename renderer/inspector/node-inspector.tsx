import { useEffect, useRef, useState } from 'react';
import type { NodeId } from '../../core/graph/identifiers.ts';
import { catalog } from '../../core/nodes/catalog.ts';
import { IconButton } from '../components/button.tsx';
import { CategoryGlyph } from '../components/category-glyph.tsx';
import { runCommand } from '../app/commands.ts';
import { relevantParameters, type NamedParameter } from '../../core/drawing/relevant-parameters.ts';
import { editDocument, endEdit, useDocument } from '../state/document-store.ts';
import { useSelection } from '../state/selection-store.ts';
import { categoryTitles } from '../theme/categories.ts';
import { NodeEquation } from './node-equation.tsx';
import { NodeProblems } from './node-problems.tsx';
import { NodeShapes } from './node-shapes.tsx';
import { NodeSource } from './node-source.tsx';
import { ParameterField } from './parameter-field.tsx';
import { UnknownFacts } from './unknown-facts.tsx';

/** One node: its name, its parameters as its type declares them, and what it is and does. */
export function NodeInspector({ id }: { readonly id: NodeId }): React.JSX.Element | null {
  const node = useDocument((state) => state.survey.nodes.get(id)?.node);
  const wanted = useSelection((state) => state.parameter);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wanted === null) return;
    const field = panel.current?.querySelector<HTMLElement>(`[data-parameter="${CSS.escape(wanted)}"] :is(input, select, button)`);
    field?.focus();
    // What is typed then takes the place of what was there.
    if (field instanceof HTMLInputElement) field.select();
    useSelection.setState({ parameter: null });
  }, [wanted]);
  if (node === undefined) return null;
  const type = catalog.get(node.type);
  const parameters = type === undefined ? [] : relevantParameters(node, type);
  return (
    <div className="inspector-scroll" ref={panel}>
      <header className="inspector-header">
        {type === undefined ? null : <CategoryGlyph category={type.category} />}
        <span className="inspector-kind" {...(type === undefined ? {} : { title: categoryTitles[type.category] })}>
          {type?.title ?? node.type}
        </span>
        <IconButton icon="copy" label="Duplicate" keys="Ctrl+D" onClick={() => runCommand('duplicate')} />
        <IconButton icon="trash" label="Delete" keys="Delete" onClick={() => runCommand('delete')} />
      </header>
      <NodeName id={id} label={node.label} />
      {type === undefined ? null : <p className="inspector-summary">{type.summary}</p>}
      <NodeProblems id={id} fields={parameters.map(({ name }) => name)} />
      {type?.role === 'unknown' ? <UnknownFacts parameters={parameters} /> : null}
      {type === undefined || type.role === 'unknown' ? null : (
        <>
          <Parameters id={id} parameters={parameters} />
          <NodeShapes id={id} type={type} />
          <NodeEquation id={id} type={type} />
          <NodeSource type={type} />
        </>
      )}
    </div>
  );
}

function NodeName({ id, label }: { readonly id: NodeId; readonly label: string }): React.JSX.Element {
  return (
    <div className="inspector-name" data-parameter="label">
      <input
        className="input"
        aria-label="Name"
        value={label}
        maxLength={200}
        spellCheck={false}
        onChange={(event) => {
          // A node keeps a name: the last letter is replaced, not taken away.
          if (event.target.value !== '') editDocument([{ kind: 'rename-node', node: id, label: event.target.value }], `label ${id}`);
        }}
        onBlur={endEdit}
      />
    </div>
  );
}

function Parameters({ id, parameters }: { readonly id: NodeId; readonly parameters: readonly NamedParameter[] }): React.JSX.Element | null {
  if (parameters.length === 0) return null;
  const advanced = parameters.filter(({ declaration }) => declaration.group === 'advanced');
  return (
    <section className="inspector-section" aria-label="Parameters">
      <Fields id={id} parameters={parameters.filter(({ declaration }) => declaration.group !== 'advanced')} />
      {advanced.length === 0 ? null : <Advanced key={id} id={id} parameters={advanced} />}
    </section>
  );
}

/** Parameters that are rarely changed, behind a fold that is open where one of them was. */
function Advanced({ id, parameters }: { readonly id: NodeId; readonly parameters: readonly NamedParameter[] }): React.JSX.Element {
  const isChanged = parameters.some(({ declaration, value }) => value !== declaration.default);
  const [isOpen, setOpen] = useState(isChanged);
  return (
    <details className="inspector-advanced" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Advanced</summary>
      {isOpen ? (
        <div className="inspector-fields">
          <Fields id={id} parameters={parameters} />
        </div>
      ) : null}
    </details>
  );
}

function Fields({ id, parameters }: { readonly id: NodeId; readonly parameters: readonly NamedParameter[] }): React.JSX.Element {
  return (
    <>
      {parameters.map(({ name, declaration, value }) => (
        <ParameterField key={name} node={id} name={name} declaration={declaration} value={value} />
      ))}
    </>
  );
}
