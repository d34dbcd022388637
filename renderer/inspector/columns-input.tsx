import { useShallow } from 'zustand/react/shallow';
import type { GraphSurvey } from '../../core/check/graph-survey.ts';
import type { ParameterValue } from '../../core/graph/graph-document.ts';
import type { NodeId } from '../../core/graph/identifiers.ts';
import type { ControlProps } from '../components/field.tsx';
import { useDocument } from '../state/document-store.ts';

interface ColumnsInputProps {
  readonly control: ControlProps;
  readonly node: NodeId;
  readonly value: ParameterValue;
  readonly onChange: (columns: readonly string[] | null) => void;
}

/** A choice among the columns that are known; all of them is `null` in the document. */
export function ColumnsInput({ control, node, value, onChange }: ColumnsInputProps): React.JSX.Element {
  const known = useDocument(useShallow((state) => knownColumns(state.survey, node)));
  const chosen = Array.isArray(value) ? value.map(String) : null;
  // A column that is chosen and not there stays in the list, so that it can be taken away.
  const listed = [...known, ...(chosen ?? []).filter((column) => !known.includes(column))];
  const toggle = (column: string) => {
    const before = chosen ?? known;
    const after = before.includes(column) ? before.filter((other) => other !== column) : listed.filter((other) => other === column || before.includes(other));
    onChange(after.length === 0 || (after.length === known.length && after.every((other) => known.includes(other))) ? null : after);
  };
  if (listed.length === 0) return <p className="columns-unknown" id={control.id}>All columns. They can be chosen once the data is read.</p>;
  return (
    <div className="columns" role="group" id={control.id} aria-describedby={control['aria-describedby']}>
      <label>
        <input type="checkbox" checked={chosen === null} onChange={() => onChange(chosen === null ? known.slice(0, 1) : null)} />
        All
      </label>
      {listed.map((column) => (
        <label key={column}>
          <input type="checkbox" checked={chosen === null || chosen.includes(column)} onChange={() => toggle(column)} />
          {column}
        </label>
      ))}
    </div>
  );
}

/** For a node that reads series or samples: their columns. For a Series node: the numeric columns of its file. */
function knownColumns({ propagation, data }: GraphSurvey, node: NodeId): readonly string[] {
  const [facts] = Object.values(propagation.facts.get(node)?.inputs ?? {});
  if (facts !== undefined) return (facts.kind === 'series' ? facts.columns : facts.series.columns) ?? [];
  return (Object.hasOwn(data, node) ? data[node]?.columns : undefined) ?? [];
}
