import type { EvaluatedPart, RunReport } from '../../electron/ipc/run-messages.ts';
import { printCount } from '../../core/diagnostics/phrases.ts';
import { cssColor } from '../charts/chart-colors.ts';
import { printNumber } from '../charts/print-number.ts';
import { scoreTable } from './score-rows.ts';

interface ScoreTableViewProps {
  readonly report: RunReport;
  readonly part: EvaluatedPart;
}

/** Errors of the model and of each baseline, the lowest of each column in bold, with the model's skill over each baseline. */
export function ScoreTableView({ report, part }: ScoreTableViewProps): React.JSX.Element {
  const { groups, hasPinball, rows } = scoreTable(report, part);
  const count = report[part]?.count ?? 0;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Scores">
      <table className="data-table score-table selectable">
        <caption>
          {part === 'test' ? 'Test' : 'Validation'} part, {printCount(count)} values; mae in the data's unit, mse in its square
        </caption>
        <thead>
          {groups.length > 1 ? (
            <tr>
              <td colSpan={hasPinball ? 3 : 2} />
              {groups.map((group) => (
                <th key={group} scope="colgroup" colSpan={2} className="score-group">
                  {group}
                </th>
              ))}
            </tr>
          ) : null}
          <tr>
            <td />
            <th scope="col" className="number">
              skill, % (95 % interval)
            </th>
            {hasPinball ? (
              <th scope="col" className="number">
                pinball
              </th>
            ) : null}
            {groups.map((group) => [
              <th key={`${group} mse`} scope="col" className="number">
                mse
              </th>,
              <th key={`${group} mae`} scope="col" className="number">
                mae
              </th>,
            ])}
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
              {cells.map(({ value, best }, cell) => (
                <td key={cell} className={best ? 'number score-best' : 'number'}>
                  {printNumber(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
