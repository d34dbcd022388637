import { useMemo, useState } from 'react';
import { worstStep } from '../../core/forecast/verdict.ts';
import type { EvaluatedPart, RunReport } from '../../electron/ipc/run-messages.ts';
import { LineChart } from '../charts/line-chart.tsx';
import { Segments } from '../data/segments.tsx';
import { horizonChart, type Measure } from './score-rows.ts';

const errorMeasures = ['mae', 'mse'] as const;
const quantileMeasures = ['pinball', 'mae', 'mse'] as const;
const titles = { mae: 'mae', mse: 'mse', pinball: 'pinball' } as const;
const names = { mae: 'Mean absolute error', mse: 'Mean squared error', pinball: 'Mean pinball loss' } as const;

interface HorizonViewProps {
  readonly report: RunReport;
  readonly part: EvaluatedPart;
}

/** How the error grows with the horizon, beside the baselines. */
export function HorizonView({ report, part }: HorizonViewProps): React.JSX.Element {
  const tellsQuantiles = report[part]?.quantiles !== undefined;
  const [chosen, setMeasure] = useState<Measure | null>(null);
  const measure = chosen ?? (tellsQuantiles ? 'pinball' : 'mae');
  const { data, lines } = useMemo(() => horizonChart(report, part, measure), [report, part, measure]);
  const horizon = data[0].length;
  const score = report[part];
  const worst = score === undefined ? null : worstStep(score);
  return (
    <section className="evaluation-chart" aria-label="Error of each horizon step">
      <div className="panel-tools">
        <h3>Error by horizon step</h3>
        <span className="panel-tools-end">
          <Segments label="Measure" options={tellsQuantiles ? quantileMeasures : errorMeasures} titles={titles} chosen={measure} onChoose={setMeasure} />
        </span>
      </div>
      {horizon < 2 ? (
        <p className="panel-note">The horizon is one step: its errors are those of the table.</p>
      ) : (
        <LineChart
          description={`${names[measure]} of the model and the baselines for each of ${horizon} steps ahead${worst === null ? '' : `; the model is worst at step ${worst}`}.`}
          data={data}
          lines={lines}
          x={{ label: 'step ahead', kind: 'whole', range: [1, horizon] }}
          y={{ label: measure === 'mse' ? "data's unit, squared" : "data's unit", kind: 'number', range: null }}
        />
      )}
    </section>
  );
}
