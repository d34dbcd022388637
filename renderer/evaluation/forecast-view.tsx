import { useMemo, useState } from 'react';
import { printCount } from '../../core/diagnostics/phrases.ts';
import { coverageAdvice, coverageInWords, type Coverage } from '../../core/forecast/forecast-bands.ts';
import { quantilesInWords, type QuantileReport } from '../../core/forecast/quantiles.ts';
import type { EvaluatedPart, RunHandle, SampleForecast } from '../../electron/ipc/run-messages.ts';
import { LineChart } from '../charts/line-chart.tsx';
import { printNumber } from '../charts/print-number.ts';
import { DiagnosticList } from '../data/diagnostic-list.tsx';
import { IndexPicker } from '../data/index-picker.tsx';
import { useAnswer } from '../data/use-answer.ts';
import { desktop } from '../state/desktop.ts';
import { forecastChartData, forecastColumns, forecastLines, meanAbsoluteError } from './forecast-chart.ts';

interface ForecastViewProps {
  readonly run: RunHandle;
  readonly part: EvaluatedPart;
}

/** Windows drawn, spread evenly over the part: good and bad ones alike. */
const samplesAsked = 24;

/** Forecasts of single windows with the truth and the naive forecast, in the data's unit. */
export function ForecastView({ run, part }: ForecastViewProps): React.JSX.Element {
  const [chosen, setChosen] = useState<string | null>(null);
  const [sample, setSample] = useState(0);
  const { value, diagnostics } = useAnswer(`${run}-${part}`, () => desktop().forecastSamples({ run, part, count: samplesAsked }));
  const columns = forecastColumns(value?.samples ?? []);
  const column = columns.find((name) => name === chosen) ?? columns[0];
  const samples = (value?.samples ?? []).filter((candidate) => candidate.column === column);
  const shown = samples[Math.min(sample, samples.length - 1)];
  return (
    <section className="evaluation-chart" aria-label="Forecasts">
      <div className="panel-tools">
        <h3>Forecasts</h3>
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
        <div className="panel-note">{diagnostics.length > 0 ? <DiagnosticList diagnostics={diagnostics} /> : 'Forecasting'}</div>
      ) : (
        <OneForecast sample={shown} coverage={value?.coverage ?? null} quantiles={value?.quantiles ?? null} />
      )}
    </section>
  );
}

interface OneForecastProps {
  readonly sample: SampleForecast;
  readonly coverage: Coverage | null;
  readonly quantiles: QuantileReport | null;
}

function OneForecast({ sample, coverage, quantiles }: OneForecastProps): React.JSX.Element {
  const data = useMemo(() => forecastChartData(sample), [sample]);
  const model = printNumber(meanAbsoluteError(sample.model, sample.truth), 3);
  const naive = printNumber(meanAbsoluteError(sample.naive, sample.truth), 3);
  return (
    <>
      <LineChart
        description={`Forecast of ${sample.column} after ${sample.origin}: mean absolute error ${model} of the model, ${naive} of naive.`}
        data={data}
        lines={forecastLines(sample)}
        x={{ label: 'steps after the origin', kind: 'whole', range: null }}
        y={{ label: "data's unit", kind: 'number', range: null }}
      />
      <p className="evaluation-note">
        <span className="quiet evaluation-errors">
          <span className="evaluation-sample">
            {sample.column}, origin {sample.origin}, series {sample.series + 1}:{' '}
          </span>
          mae {model}, naive {naive}
        </span>{' '}
        {coverage === null ? null : (
          <span className="evaluation-coverage selectable" title={`${printCount(coverage.windows)} windows, each forecast drawn ${printCount(coverage.draws)} times with dropout on. ${coverageAdvice(coverage) ?? ''}`}>
            {coverageInWords(coverage)}
          </span>
        )}
        {quantiles === null ? null : <span className="evaluation-coverage selectable">{quantilesInWords(quantiles)}</span>}
      </p>
    </>
  );
}
