import { useMemo } from 'react';
import { printCount } from '../../core/diagnostics/phrases.ts';
import { coverageAdvice, coverageInWords, type Coverage } from '../../core/forecast/forecast-bands.ts';
import { quantilesInWords, type QuantileReport } from '../../core/forecast/quantiles.ts';
import type { EvaluatedPart, RunHandle, SampleForecast } from '../../electron/ipc/run-messages.ts';
import { LineChart } from '../charts/line-chart.tsx';
import { printNumber } from '../charts/print-number.ts';
import { forecastChartData, forecastLines, meanAbsoluteError } from './forecast-chart.ts';
import { useSamples, WindowSamples } from './window-samples.tsx';

interface ForecastViewProps {
  readonly run: RunHandle;
  readonly part: EvaluatedPart;
}

/** Forecasts of single windows with the truth and the naive forecast, in the data's unit. */
export function ForecastView({ run, part }: ForecastViewProps): React.JSX.Element {
  const { value, diagnostics } = useSamples(run, part);
  return (
    <WindowSamples
      title="Forecasts"
      samples={value?.samples ?? []}
      diagnostics={diagnostics}
      waiting="Forecasting"
      draw={(sample) => <OneForecast sample={sample} coverage={value?.coverage ?? null} quantiles={value?.quantiles ?? null} />}
    />
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
