import { useMemo } from 'react';
import type { EvaluatedPart, RunHandle, SampleFilling } from '../../electron/ipc/run-messages.ts';
import { LineChart } from '../charts/line-chart.tsx';
import { printNumber } from '../charts/print-number.ts';
import { fillingChartData, fillingLines, hiddenError } from './filling-chart.ts';
import { useSamples, WindowSamples } from './window-samples.tsx';

interface FillingViewProps {
  readonly run: RunHandle;
  readonly part: EvaluatedPart;
  /** The label of the target in the graph. */
  readonly target: string;
}

/** Gaps of single windows as the model fills them, with the truth and linear interpolation, in the data's unit. */
export function FillingView({ run, part, target }: FillingViewProps): React.JSX.Element {
  const { value, diagnostics } = useSamples(run, part);
  const fillings = (value?.fillings ?? []).filter((filling) => filling.target === target);
  return <WindowSamples title="Filled gaps" samples={fillings} diagnostics={diagnostics} waiting="Filling" draw={(filling) => <OneWindow filling={filling} />} />;
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
