import { useMemo, useState } from 'react';
import type { EvaluatedPart, RunHandle, SampleDrawing } from '../../electron/ipc/run-messages.ts';
import { alignColumns } from '../charts/align-columns.ts';
import type { ChartLine } from '../charts/chart-options.ts';
import { LineChart } from '../charts/line-chart.tsx';
import { printNumber } from '../charts/print-number.ts';
import { DiagnosticList } from '../data/diagnostic-list.tsx';
import { IndexPicker } from '../data/index-picker.tsx';
import { useAnswer } from '../data/use-answer.ts';
import { desktop } from '../state/desktop.ts';
import { meanAbsoluteError } from './forecast-chart.ts';

interface DrawingViewProps {
  readonly run: RunHandle;
  readonly part: EvaluatedPart;
  /** The label of the target in the graph. */
  readonly target: string;
}

const samplesAsked = 24;

const lines: readonly ChartLine[] = [
  { label: 'truth', color: 'truth', width: 1.5 },
  { label: 'model', color: 'model', width: 2.5 },
  { label: 'mean series', color: 'meanSeries', dashed: true },
];

/** Single windows as the model draws them, with the truth and the mean series, in the data's unit. */
export function DrawingView({ run, part, target }: DrawingViewProps): React.JSX.Element {
  const [chosen, setChosen] = useState<string | null>(null);
  const [sample, setSample] = useState(0);
  const { value, diagnostics } = useAnswer(`${run}-${part}`, () => desktop().forecastSamples({ run, part, count: samplesAsked }));
  const drawings = (value?.drawings ?? []).filter((drawing) => drawing.target === target);
  const columns = [...new Set(drawings.map(({ column }) => column))];
  const column = columns.find((name) => name === chosen) ?? columns[0];
  const samples = drawings.filter((drawing) => drawing.column === column);
  const shown = samples[Math.min(sample, samples.length - 1)];
  return (
    <section className="evaluation-chart" aria-label="Drawn series">
      <div className="panel-tools">
        <h3>Drawn series</h3>
        {columns.length > 1 ? (
          <select className="input select forecast-column" aria-label="Column" value={column} onChange={(event) => setChosen(event.target.value)}>
            {columns.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        ) : null}
        <span className="panel-tools-end">
          <IndexPicker label="Sample" index={Math.min(sample, Math.max(0, samples.length - 1))} count={samples.length} random={false} labelHidden onChange={setSample} />
        </span>
      </div>
      {shown === undefined ? (
        <div className="panel-note">{diagnostics.length > 0 ? <DiagnosticList diagnostics={diagnostics} /> : 'Drawing'}</div>
      ) : (
        <OneSeries drawing={shown} />
      )}
    </section>
  );
}

function OneSeries({ drawing }: { readonly drawing: SampleDrawing }): React.JSX.Element {
  const { truth, model, meanSeries, column, origin, series } = drawing;
  const data = useMemo(() => alignColumns([truth, model, meanSeries].map((y) => ({ x: y.map((_, step) => step + 1), y }))), [truth, model, meanSeries]);
  const [own, mean] = [model, meanSeries].map((drawn) => printNumber(meanAbsoluteError(drawn, truth), 3));
  return (
    <>
      <LineChart
        description={`${column} of series ${series + 1} as the model draws it: mean absolute error ${own} of the model, ${mean} of the mean series.`}
        data={data}
        lines={lines}
        x={{ label: 'time step', kind: 'whole', range: null }}
        y={{ label: "data's unit", kind: 'number', range: null }}
      />
      <p className="quiet evaluation-note">
        {column}, window up to {origin}, series {series + 1}: mae {own}, mean series {mean}
      </p>
    </>
  );
}
