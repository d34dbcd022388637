import './class-view.css';
import { printCount } from '../../core/diagnostics/phrases.ts';
import type { ClassReport, EvaluatedPart, RunReport } from '../../electron/ipc/run-messages.ts';
import { printNumber } from '../charts/print-number.ts';
import { classRows, confusionRows } from './class-rows.ts';
import { partNames } from './forecasters.ts';
import { ScoreTable } from './score-table.tsx';

interface ClassTableProps {
  readonly report: RunReport;
  readonly classes: ClassReport;
  readonly part: EvaluatedPart;
}

/** The style sheet makes a fill of it. */
function shareOf(share: number): React.CSSProperties {
  const own: Record<string, number> = { '--share': share };
  return own;
}

function percent(share: number): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '–';
}

/** How often the model and each baseline name the right class, and how well their probabilities fit. */
export function ClassTable({ report, classes, part }: ClassTableProps): React.JSX.Element {
  const count = classes.confusion.flat().reduce((sum, cell) => sum + cell, 0);
  const rows = classRows(report, classes);
  const most = (score: 'accuracy' | 'balancedAccuracy'): number => Math.max(...rows.map((row) => row[score]));
  const least = Math.min(...rows.map(({ crossEntropy }) => crossEntropy));
  return (
    <ScoreTable
      caption={`${partNames[part]} part, ${printCount(count)} samples; skill by the Brier score of the probabilities`}
      columns={['right', 'balanced', 'cross-entropy']}
      rows={rows.map(({ forecaster, label, skill, accuracy, balancedAccuracy, crossEntropy }) => ({
        forecaster,
        label,
        skill,
        cells: [
          { text: percent(accuracy), best: accuracy === most('accuracy') },
          { text: percent(balancedAccuracy), best: balancedAccuracy === most('balancedAccuracy') },
          { text: printNumber(crossEntropy), best: crossEntropy === least },
        ],
      }))}
    >
      <p className="quiet class-note">Macro F1 {printNumber(classes.f1, 3)}</p>
    </ScoreTable>
  );
}

/** The confusion matrix: true classes down, what the model said across; the darker a cell, the larger its share of the row. */
export function ConfusionView({ classes }: { readonly classes: ClassReport }): React.JSX.Element {
  const rows = confusionRows(classes);
  return (
    <section className="evaluation-chart" aria-label="Confusion matrix">
      <div className="panel-tools">
        <h3>Who is taken for whom</h3>
      </div>
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Confusion matrix">
        <table className="confusion selectable">
          <thead>
            <tr>
              <td />
              {classes.names.map((name) => (
                <th key={name} scope="col">
                  said {name}
                </th>
              ))}
              <th scope="col">found</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, cells }, own) => (
              <tr key={name}>
                <th scope="row">is {name}</th>
                {cells.map(({ said, count, share, right }) => (
                  <td key={said} className={right ? 'confusion-cell confusion-right' : 'confusion-cell confusion-wrong'} style={shareOf(share)}>
                    {printCount(count)}
                  </td>
                ))}
                <td className="number">{percent(classes.perClass[own]?.recall ?? Number.NaN)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
