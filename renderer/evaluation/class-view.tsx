import './class-view.css';
import { printCount } from '../../core/diagnostics/phrases.ts';
import type { ClassReport, EvaluatedPart, RunReport } from '../../electron/ipc/run-messages.ts';
import { cssColor } from '../charts/chart-colors.ts';
import { printNumber } from '../charts/print-number.ts';
import { classRows, confusionRows } from './class-rows.ts';

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
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Scores">
      <table className="data-table score-table selectable">
        <caption>
          {part === 'test' ? 'Test' : 'Validation'} part, {printCount(count)} samples; skill by the Brier score of the probabilities
        </caption>
        <thead>
          <tr>
            <td />
            <th scope="col" className="number">
              skill, % (95 % interval)
            </th>
            <th scope="col" className="number">
              right
            </th>
            <th scope="col" className="number">
              balanced
            </th>
            <th scope="col" className="number">
              cross-entropy
            </th>
          </tr>
        </thead>
        <tbody>
          {classRows(report, classes).map(({ forecaster, label, accuracy, balancedAccuracy, crossEntropy, skill }) => (
            <tr key={forecaster}>
              <th scope="row">
                <span className="score-mark" style={{ background: cssColor(forecaster) }} />
                {label}
              </th>
              <td className="number">{skill ?? ''}</td>
              <td className="number">{percent(accuracy)}</td>
              <td className="number">{percent(balancedAccuracy)}</td>
              <td className="number">{printNumber(crossEntropy)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet class-note">Macro F1 {printNumber(classes.f1, 3)}</p>
    </div>
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
