import { useId } from 'react';
import { printCount } from '../../core/diagnostics/phrases.ts';
import type { DataPreview, PreviewColumn } from '../../electron/ipc/data-messages.ts';
import type { CsvChoice } from './csv-choice.ts';

interface CsvTableProps {
  readonly preview: DataPreview;
  readonly choice: CsvChoice;
  readonly onToggle: (column: string) => void;
}

/** The first rows of a file; each numeric column has a box to choose it by. */
export function CsvTable({ preview, choice, onToggle }: CsvTableProps): React.JSX.Element {
  const dates = choice.dateColumn ?? preview.dateColumn;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={`First rows of ${preview.name}`}>
      <table className="data-table selectable">
        <thead>
          <tr>
            {preview.columns.map((column) => (
              <th key={column.name} scope="col" className={column.numeric ? 'number' : ''}>
                <ColumnHead column={column} isDates={column.name === dates} isChosen={choice.columns.includes(column.name)} onToggle={onToggle} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.firstRows.map((cells, row) => (
            <tr key={row}>
              {preview.columns.map((column, position) => (
                <td key={column.name} className={cellClass(column, choice, dates)}>
                  {cells[position] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellClass(column: PreviewColumn, choice: CsvChoice, dates: string | null): string {
  const isRead = choice.columns.includes(column.name) || column.name === dates;
  return `${column.numeric ? 'number' : ''}${isRead ? '' : ' left-out'}`;
}

interface ColumnHeadProps {
  readonly column: PreviewColumn;
  readonly isDates: boolean;
  readonly isChosen: boolean;
  readonly onToggle: (column: string) => void;
}

function ColumnHead({ column, isDates, isChosen, onToggle }: ColumnHeadProps): React.JSX.Element {
  const id = useId();
  const about = isDates ? 'dates' : column.numeric ? (column.missing > 0 ? `${printCount(column.missing)} missing` : 'numeric') : 'not numeric';
  return (
    <span className="csv-column">
      {column.numeric && !isDates ? <input id={id} type="checkbox" checked={isChosen} onChange={() => onToggle(column.name)} /> : null}
      <label htmlFor={id}>
        {column.name}
        <span className={column.missing > 0 && isChosen ? 'csv-about csv-missing' : 'csv-about'}>{about}</span>
      </label>
    </span>
  );
}
