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

interface SampleBrowserProps<Sample> {
  readonly title: string;
  readonly samples: readonly Sample[];
  readonly diagnostics: readonly Diagnostic[];
  /** What is said until there are samples. */
  readonly waiting: string;
  readonly draw: (sample: Sample) => React.JSX.Element;
  /** Beside the title. */
  readonly tools?: React.ReactNode;
}

/** Single windows, one at a time: which window, and what was made of it. */
export function SampleBrowser<Sample>({ title, samples, diagnostics, waiting, draw, tools = null }: SampleBrowserProps<Sample>): React.JSX.Element {
  const [chosen, setChosen] = useState(0);
  const index = Math.max(0, Math.min(chosen, samples.length - 1));
  const shown = samples[index];
  return (
    <section className="evaluation-chart" aria-label={title}>
      <div className="panel-tools">
        <h3>{title}</h3>
        {tools}
        <span className="panel-tools-end">
          <IndexPicker label="Sample" index={index} count={samples.length} random={false} labelHidden onChange={setChosen} />
        </span>
      </div>
      {shown === undefined ? <div className="panel-note">{diagnostics.length > 0 ? <DiagnosticList diagnostics={diagnostics} /> : waiting}</div> : draw(shown)}
    </section>
  );
}

/** Samples of every column, those of one of them at a time. */
export function WindowSamples<Sample extends { readonly column: string }>({ samples, ...browser }: Omit<SampleBrowserProps<Sample>, 'tools'>): React.JSX.Element {
  const [chosen, setChosen] = useState<string | null>(null);
  const columns = forecastColumns(samples);
  const column = columns.find((name) => name === chosen) ?? columns[0];
  const choice =
    columns.length > 1 ? (
      <select className="input select forecast-column" aria-label="Column" value={column} onChange={(event) => setChosen(event.target.value)}>
        {columns.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    ) : null;
  return <SampleBrowser {...browser} tools={choice} samples={samples.filter((sample) => sample.column === column)} />;
}
