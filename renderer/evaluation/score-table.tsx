import { cssColor } from '../charts/chart-colors.ts';
import type { Forecaster } from './forecasters.ts';

interface ScoreTableProps {
  readonly caption: string;
  /** Names above the columns, each over two; none where they all are of one kind. */
  readonly groups?: readonly string[];
  /** Titles of the cells. */
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly forecaster: Forecaster;
    readonly label: string;
    /** Over this baseline; null for the model. */
    readonly skill: string | null;
    readonly cells: readonly { readonly text: string; readonly best: boolean }[];
  }[];
  /** Below the table. */
  readonly children?: React.ReactNode;
}

/** The model and each baseline, a row each: its skill over the baseline, then their scores, the best of each column in bold. */
export function ScoreTable({ caption, groups = [], columns, rows, children }: ScoreTableProps): React.JSX.Element {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Scores">
      <table className="data-table score-table selectable">
        <caption>{caption}</caption>
        <thead>
          {groups.length > 1 ? (
            <tr>
              <td colSpan={2 + columns.length - 2 * groups.length} />
              {groups.map((group) => (
                <th key={group} scope="colgroup" colSpan={2} className="score-group">
                  {group}
                </th>
              ))}
            </tr>
          ) : null}
          <tr>
            <td />
            {['skill, % (95 % interval)', ...columns].map((title, position) => (
              <th key={position} scope="col" className="number">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ forecaster, label, cells, skill }) => (
            <tr key={forecaster}>
              <th scope="row">
                <span className="score-mark" style={{ background: cssColor(forecaster) }} />
                {label}
              </th>
              <td className="number">{skill ?? ''}</td>
              {cells.map(({ text, best }, cell) => (
                <td key={cell} className={best ? 'number score-best' : 'number'}>
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {children}
    </div>
  );
}
