import { useMemo } from 'react';
import type { RunComparison, RunSummary } from '../../electron/ipc/run-messages.ts';
import { LineMark } from '../charts/chart-legend.tsx';
import { LineChart } from '../charts/line-chart.tsx';
import { IconButton } from '../components/button.tsx';
import { DiagnosticList } from '../data/diagnostic-list.tsx';
import { useAnswer } from '../data/use-answer.ts';
import { desktop } from '../state/desktop.ts';
import { useRuns } from '../state/runs-store.ts';
import { compareFacts, comparedCurves, comparedLines, comparedNames } from './compare-runs.ts';
import { useRunChoice } from './run-choice-store.ts';

interface RunComparisonViewProps {
  readonly first: RunSummary;
  readonly second: RunSummary;
}

/** Two runs side by side: curves, numbers, and what their graphs differ in. */
export function RunComparisonView({ first, second }: RunComparisonViewProps): React.JSX.Element {
  const version = useRuns((state) => state.listVersion);
  const { value, diagnostics } = useAnswer(`${first.run}-${second.run} ${version}`, () => desktop().compareRuns({ first: first.run, second: second.run }));
  return (
    <section className="run-comparison" aria-label="Comparison">
      {value === undefined ? <div className="panel-note">{diagnostics.length > 0 ? <DiagnosticList diagnostics={diagnostics} /> : 'Comparing'}</div> : <Compared comparison={value} />}
    </section>
  );
}

function Compared({ comparison: { runs, differences } }: { readonly comparison: RunComparison }): React.JSX.Element {
  const facts = useMemo(() => compareFacts(runs), [runs]);
  const { data, lines } = useMemo(() => comparedCurves(runs), [runs]);
  return (
    <>
      <div className="comparison-numbers">
        <div className="panel-tools">
          <h3>Two runs</h3>
          <span className="panel-tools-end">
            <IconButton icon="close" label="End the comparison" onClick={() => useRunChoice.setState({ compared: [] })} />
          </span>
        </div>
        <table className="data-table selectable">
          <thead>
            <tr>
              <td />
              {runs.map(({ summary }, position) => (
                <th key={summary.run} scope="col" className="number" title={summary.name}>
                  <LineMark line={comparedLines[position === 0 ? 0 : 1]} /> {comparedNames[position]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {facts.map(({ name, values, better }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {values.map((value, position) => (
                  <td key={runs[position]?.summary.run} className={better === position ? 'number score-best' : 'number'}>
                    {value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <h3>From the first to the second</h3>
        <ul className="run-changes selectable">
          {differences.length === 0 ? <li>The graphs and settings are the same.</li> : differences.map((difference) => <li key={difference}>{difference}</li>)}
        </ul>
      </div>
      <div className="comparison-chart">
        <LineChart
          description="Validation loss over epochs of both runs, in scaled units."
          data={data}
          lines={lines}
          x={{ label: 'epoch', kind: 'whole', range: null }}
          y={{ label: 'Validation loss, scaled units', kind: 'number', range: null }}
        />
      </div>
    </>
  );
}
