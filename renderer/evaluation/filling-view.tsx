import { useMemo, useState } from 'react';
import type { EvaluatedPart, RunHandle, SampleFilling } from '../../electron/ipc/run-messages.ts';
import { LineChart } from '../charts/line-chart.tsx';
import { printNumber } from '../charts/print-number.ts';
import { DiagnosticList } from '../data/diagnostic-list.tsx';
import { IndexPicker } from '../data/index-picker.tsx';
import { useAnswer } from '../data/use-answer.ts';
import { desktop } from '../state/desktop.ts';
import { fillingChartData, fillingLines, hiddenError } from './filling-chart.ts';

interface FillingViewProps {
  readonly run: RunHandle;
  readonly part: EvaluatedPart;
  /** The label of the target in the graph. */
  readonly target: string;
}

const samplesAsked = 24;

/** Gaps of single windows as the model fills them, with the truth and linear interpolation, in the data's unit. */
export function FillingView({ run, part, target }: FillingViewProps): React.JSX.Element {
  const [chosen, setChosen] = useState<string | null>(null);
  const [sample, setSample] = useState(0);
  const { value, diagnostics } = useAnswer(`${run}-${part}`, () => desktop().forecastSamples({ run, part, count: samplesAsked }));
  const fillings = (value?.fillings ?? []).filter((filling) => filling.target === target);
  const columns = [...new Set(fillings.map(({ column }) => column))];
  const column = columns.find((name) => name === chosen) ?? columns[0];
  const samples = fillings.filter((filling) => filling.column === column);
  const shown = samples[Math.min(sample, samples.length - 1)];
  return (
    <section className="evaluation-chart" aria-label="Filled gaps">
      <div className="panel-tools">
        <h3>Filled gaps</h3>
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
        <div className="panel-note">{diagnostics.length > 0 ? <DiagnosticList diagnostics={diagnostics} /> : 'Filling'}</div>
      ) : (
        <OneWindow filling={shown} />
      )}
    </section>
  );
}

function OneWindow({ filling }: { readonly filling: SampleFilling }): React.JSX.Element {
  const data = useMemo(() => fillingChartData(filling), [filling]);
  const [model, line, last] = [filling.model, filling.interpolation, filling.lastValue].map((filled) => printNumber(hiddenError(filling, filled), 3));
  return (
    <>
      <LineChart
        description={`Hidden values of ${filling.column} in the window up to ${filling.origin}: mean absolute error ${model} of the model, ${line} of linear interpolation.`}
        data={data}
        lines={fillingLines}
        x={{ label: 'time steps before the end of the window', kind: 'whole', range: null }}
        y={{ label: "data's unit", kind: 'number', range: null }}
      />
      <p className="quiet evaluation-note">
        {filling.column}, window up to {filling.origin}, series {filling.series + 1}: mae of hidden values {model}, linear interpolation {line}, last value {last}
      </p>
    </>
  );
}
