import type { EvaluatedPart, RunReport } from '../../electron/ipc/run-messages.ts';
import { printCount } from '../../core/diagnostics/phrases.ts';
import { printNumber } from '../charts/print-number.ts';
import { partNames } from './forecasters.ts';
import { scoreTable } from './score-rows.ts';
import { ScoreTable } from './score-table.tsx';

interface ScoreTableViewProps {
  readonly report: RunReport;
  readonly part: EvaluatedPart;
}

/** Errors of the model and of each baseline, the lowest of each column in bold, with the model's skill over each baseline. */
export function ScoreTableView({ report, part }: ScoreTableViewProps): React.JSX.Element {
  const { groups, hasPinball, rows } = scoreTable(report, part);
  return (
    <ScoreTable
      caption={`${partNames[part]} part, ${printCount(report[part]?.count ?? 0)} values; ${hasPinball ? 'pinball loss and mae' : 'mae'} in the data's unit, mse in its square`}
      groups={groups}
      columns={[...(hasPinball ? ['pinball'] : []), ...groups.flatMap(() => ['mse', 'mae'])]}
      rows={rows.map((row) => ({ ...row, cells: row.cells.map(({ value, best }) => ({ text: printNumber(value), best })) }))}
    />
  );
}
