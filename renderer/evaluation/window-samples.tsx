import { useState } from 'react';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { EvaluatedPart, ForecastSamples, RunHandle } from '../../electron/ipc/run-messages.ts';
import { DiagnosticList } from '../data/diagnostic-list.tsx';
import { IndexPicker } from '../data/index-picker.tsx';
import { useAnswer, type Answer } from '../data/use-answer.ts';
import { desktop } from '../state/desktop.ts';
import { forecastColumns } from './forecast-chart.ts';

/** Windows drawn, spread evenly over the part: good and bad ones alike. */
const samplesAsked = 24;

/** What a run says of single windows of a part. */
export function useSamples(run: RunHandle, part: EvaluatedPart): Answer<ForecastSamples> {
  return useAnswer(`${run}-${part}`, () => desktop().forecastSamples({ run, part, count: samplesAsked }));
}

interface WindowSamplesProps<Sample> {
  readonly title: string;
  /** Of all columns, in the order of the windows. */
  readonly samples: readonly Sample[];
  readonly diagnostics: readonly Diagnostic[];
  /** What is said until there are samples. */
  readonly waiting: string;
  readonly draw: (sample: Sample) => React.JSX.Element;
}

/** Single windows, one at a time: which column, which window, and what was made of it. */
export function WindowSamples<Sample extends { readonly column: string }>({ title, samples: all, diagnostics, waiting, draw }: WindowSamplesProps<Sample>): React.JSX.Element {
  const [chosen, setChosen] = useState<string | null>(null);
  const [sample, setSample] = useState(0);
  const columns = forecastColumns(all);
  const column = columns.find((name) => name === chosen) ?? columns[0];
  const samples = all.filter((candidate) => candidate.column === column);
  const shown = samples[Math.min(sample, samples.length - 1)];
  return (
    <section className="evaluation-chart" aria-label={title}>
      <div className="panel-tools">
        <h3>{title}</h3>
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
      {shown === undefined ? <div className="panel-note">{diagnostics.length > 0 ? <DiagnosticList diagnostics={diagnostics} /> : waiting}</div> : draw(shown)}
    </section>
  );
}
