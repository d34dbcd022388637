import './class-view.css';
import { useMemo } from 'react';
import type { EvaluatedPart, RunHandle, SampleLabels } from '../../electron/ipc/run-messages.ts';
import { alignColumns } from '../charts/align-columns.ts';
import { columnColor } from '../charts/chart-colors.ts';
import type { ChartLine } from '../charts/chart-options.ts';
import { LineChart } from '../charts/line-chart.tsx';
import { printNumber } from '../charts/print-number.ts';
import { SampleBrowser, useSamples } from './window-samples.tsx';

interface LabelViewProps {
  readonly run: RunHandle;
  readonly part: EvaluatedPart;
  /** The label of the target in the graph. */
  readonly target: string;
}

/** What a target says of single windows: probabilities of classes, or numbers, beside the truth. */
export function LabelView({ run, part, target }: LabelViewProps): React.JSX.Element {
  const { value, diagnostics } = useSamples(run, part);
  const samples = (value?.labels ?? []).filter((candidate) => candidate.target === target);
  return <SampleBrowser title="Predictions" samples={samples} diagnostics={diagnostics} waiting="Predicting" draw={(sample) => <OneSample sample={sample} />} />;
}

function OneSample({ sample }: { readonly sample: SampleLabels }): React.JSX.Element {
  const data = useMemo(() => alignColumns(sample.history.map(({ values }) => ({ x: values.map((_, step) => step + 1 - values.length), y: values }))), [sample]);
  const lines = sample.history.map(({ column }, position): ChartLine => ({ label: column, color: columnColor(position), width: 1.5 }));
  return (
    <div className="label-sample">
      <LineChart
        description={`The window up to ${sample.origin} of series ${sample.series + 1}. ${inWords(sample)}`}
        data={data}
        lines={lines}
        x={{ label: 'time steps', kind: 'whole', range: null }}
        y={{ label: "data's unit", kind: 'number', range: null }}
      />
      <div className="label-told" tabIndex={0} role="region" aria-label="What the model says">
        {sample.kind === 'classify' ? <Probabilities sample={sample} /> : <Numbers sample={sample} />}
      </div>
    </div>
  );
}

function inWords({ kind, values }: SampleLabels): string {
  const said = values.map(({ name, model }) => `${name} ${kind === 'classify' ? `${(100 * model).toFixed(0)} %` : printNumber(model, 3)}`).join(', ');
  const truth = kind === 'classify' ? values.find((value) => value.truth === 1)?.name : values.map((value) => printNumber(value.truth, 3)).join(', ');
  return `The model says ${said}; true is ${truth ?? 'unknown'}.`;
}

function Probabilities({ sample: { values } }: { readonly sample: SampleLabels }): React.JSX.Element {
  return (
    <div className="label-values selectable">
      {values.map(({ name, truth, model }) => [
        <span key={`${name} name`} className={truth === 1 ? 'label-true' : ''}>
          {name}
          {truth === 1 ? ' (true)' : ''}
        </span>,
        <span key={`${name} bar`} className="label-bar" aria-hidden="true">
          <span style={{ width: `${100 * model}%` }} />
        </span>,
        <span key={`${name} model`} className="number">
          {(100 * model).toFixed(1)} %
        </span>,
        <span key={`${name} end`} />,
      ])}
    </div>
  );
}

function Numbers({ sample: { values } }: { readonly sample: SampleLabels }): React.JSX.Element {
  return (
    <table className="data-table selectable">
      <thead>
        <tr>
          <td />
          {['truth', 'model', 'mean'].map((title) => (
            <th key={title} scope="col" className="number">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {values.map(({ name, truth, model, baseline }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {[truth, model, baseline].map((value, position) => (
              <td key={position} className="number">
                {printNumber(value, 3)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
