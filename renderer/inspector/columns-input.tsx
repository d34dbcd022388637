import { useShallow } from 'zustand/react/shallow';
import type { GraphSurvey } from '../../core/check/graph-survey.ts';
import type { ParameterValue } from '../../core/graph/graph-document.ts';
import type { NodeId } from '../../core/graph/identifiers.ts';
import type { ColumnsDeclaration } from '../../core/params/parameter-declaration.ts';
import type { ControlProps } from '../components/field.tsx';
import { useDocument } from '../state/document-store.ts';

interface ColumnsInputProps {
  readonly control: ControlProps;
  readonly node: NodeId;
  readonly declaration: ColumnsDeclaration;
  readonly value: ParameterValue;
  readonly onChange: (columns: readonly string[] | null) => void;
}

/** A choice among the columns or labels that are known; all of them, or none where that is the default, is `null` in the document. */
export function ColumnsInput({ control, node, declaration, value, onChange }: ColumnsInputProps): React.JSX.Element {
  const known = useDocument(useShallow((state) => knownNames(state.survey, node, declaration.of)));
  const isNone = declaration.isNoneByDefault === true;
  const chosen = Array.isArray(value) ? value.map(String) : null;
  // A column that is chosen and not there stays in the list, so that it can be taken away.
  const listed = [...known, ...(chosen ?? []).filter((column) => !known.includes(column))];
  const toggle = (column: string) => {
    const before = chosen ?? (isNone ? [] : known);
    const after = before.includes(column) ? before.filter((other) => other !== column) : listed.filter((other) => other === column || before.includes(other));
    const isAll = after.length === known.length && after.every((other) => known.includes(other));
    onChange(after.length === 0 || (isAll && !isNone) ? null : after);
  };
  if (listed.length === 0) return <p className="columns-unknown" id={control.id}>{unknownWords(declaration)}</p>;
  return (
    <div className="columns" role="group" id={control.id} aria-describedby={control['aria-describedby']}>
      {isNone ? null : (
        <label>
          <input type="checkbox" checked={chosen === null} onChange={() => onChange(chosen === null ? known.slice(0, 1) : null)} />
          All
        </label>
      )}
      {listed.map((column) => (
        <label key={column}>
          <input type="checkbox" checked={chosen === null ? !isNone : chosen.includes(column)} onChange={() => toggle(column)} />
          {column}
        </label>
      ))}
    </div>
  );
}

function unknownWords({ of, isNoneByDefault }: ColumnsDeclaration): string {
  if (of === 'words') return 'None. Columns of words are chosen where the file is.';
  return isNoneByDefault === true ? 'None. They can be chosen once the series have some.' : 'All columns. They can be chosen once the data is read.';
}

/** For a node that reads series or samples: their columns, or their labels of a kind. For a Series node: the numeric columns of its file. */
function knownNames({ propagation, data }: GraphSurvey, node: NodeId, of: ColumnsDeclaration['of']): readonly string[] {
  if (of === 'words') return [];
  const [facts] = Object.values(propagation.facts.get(node)?.inputs ?? {});
  if (facts === undefined) return (Object.hasOwn(data, node) ? data[node]?.columns : undefined) ?? [];
  const { columns = [], labels = [] } = facts.kind === 'series' ? facts : facts.series;
  if (of === undefined) return columns;
  return labels.filter(({ isNumber, classes }) => (of === 'numbers' ? isNumber : classes !== null)).map(({ name }) => name);
}
