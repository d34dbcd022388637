import { useId } from 'react';
import { printCount } from '../../core/diagnostics/phrases.ts';
import type { DataPreview, PreviewColumn } from '../../electron/ipc/data-messages.ts';
import type { CsvChoice } from './csv-choice.ts';

interface CsvTableProps {
  readonly preview: DataPreview;
  readonly choice: CsvChoice;
  readonly onToggle: (column: string) => void;
}

/** The first rows of a file; each column but that of the dates, and that of the series, has a box to choose it by: numbers as values, words as a category where they are few. */
export function CsvTable({ preview, choice, onToggle }: CsvTableProps): React.JSX.Element {
  const dates = choice.dateColumn ?? preview.dateColumn;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={`First rows of ${preview.name}`}>
      <table className="data-table selectable">
        <thead>
          <tr>
            {preview.columns.map((column) => (
              <th key={column.name} scope="col" className={column.numeric ? 'number' : ''}>
                <ColumnHead column={column} isDates={column.name === dates} isSeries={column.name === choice.seriesColumn} isChosen={isChosen(column, choice)} onToggle={onToggle} />
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

function isChosen({ name }: PreviewColumn, { columns, categoryColumns }: CsvChoice): boolean {
  return columns.includes(name) || categoryColumns.includes(name);
}

function cellClass(column: PreviewColumn, choice: CsvChoice, dates: string | null): string {
  const isRead = isChosen(column, choice) || column.name === dates || column.name === choice.seriesColumn;
  return `${column.numeric ? 'number' : ''}${isRead ? '' : ' left-out'}`;
}

interface ColumnHeadProps {
  readonly column: PreviewColumn;
  readonly isDates: boolean;
  readonly isSeries: boolean;
  readonly isChosen: boolean;
  readonly onToggle: (column: string) => void;
}

function ColumnHead({ column, isDates, isSeries, isChosen: isRead, onToggle }: ColumnHeadProps): React.JSX.Element {
  const id = useId();
  const kind = column.numeric ? 'numeric' : isRead ? 'category' : column.category ? 'words' : 'too many words';
  const about = isDates ? 'dates' : isSeries ? 'series' : column.numeric && column.missing > 0 ? `${printCount(column.missing)} missing` : kind;
  return (
    <span className="csv-column">
      {isDates || isSeries || !(column.numeric || column.category) ? null : <input id={id} type="checkbox" checked={isRead} onChange={() => onToggle(column.name)} />}
      <label htmlFor={id}>
        {column.name}
        <span className={column.missing > 0 && isRead ? 'csv-about csv-missing' : 'csv-about'}>{about}</span>
      </label>
    </span>
  );
}
