import { useEffect, useMemo } from 'react';
import { countOf } from '../../core/diagnostics/phrases.ts';
import type { Part, Sample } from '../../electron/ipc/data-messages.ts';
import type { ProjectHandle } from '../../electron/ipc/project-messages.ts';
import { LineChart } from '../charts/line-chart.tsx';
import { desktop } from '../state/desktop.ts';
import { presentDocument, useDocument } from '../state/document-store.ts';
import { showPart, showSample, useDataView } from './data-view-store.ts';
import { DiagnosticList } from './diagnostic-list.tsx';
import { IndexPicker } from './index-picker.tsx';
import { sampleChart, unscoredCount } from './sample-chart.ts';
import { Segments } from './segments.tsx';
import { dataKey } from './series-source.ts';
import { useAnswer } from './use-answer.ts';

const pause = 120;
const parts = ['training', 'validation', 'test'] as const satisfies readonly Part[];
const partTitles = { training: 'Training', validation: 'Validation', test: 'Test' } as const;

/** What one window becomes: the input that the model sees, the target it is asked for, the part it belongs to. */
export function SampleView({ project }: { readonly project: ProjectHandle }): React.JSX.Element {
  const document = useDocument(presentDocument);
  const part = useDataView((state) => state.part);
  const sample = useDataView((state) => state.sample);
  const key = `${part} ${sample} ${JSON.stringify(document.data)} ${dataKey(document)}`;
  const { value, diagnostics, waiting } = useAnswer(key, () => desktop().readSample({ project, document, part, sample }), pause);
  const count = value?.counts[part] ?? 0;
  // The graph was changed so that the part has fewer samples than before.
  const isGone = sample > 0 && diagnostics.some(({ code }) => code === 'sample-missing');
  useEffect(() => {
    if (isGone) showSample(0);
  }, [isGone]);
  return (
    <section className="sample-view" aria-label="Samples">
      <div className="panel-tools">
        <Segments label="Part" options={parts} titles={partTitles} chosen={part} onChoose={showPart} />
        <IndexPicker label="Sample" index={sample} count={count} onChange={showSample} />
      </div>
      {value === undefined ? (
        <div className="panel-note">{diagnostics.length > 0 ? <DiagnosticList diagnostics={diagnostics} /> : waiting ? 'Cutting windows' : null}</div>
      ) : (
        <SamplePlot sample={value} />
      )}
    </section>
  );
}

const noBands: readonly [] = [];

function SamplePlot({ sample }: { readonly sample: Sample }): React.JSX.Element {
  const { data, lines } = useMemo(() => sampleChart(sample), [sample]);
  const unscored = unscoredCount(sample);
  const window = sample.inputs[0]?.values.length ?? 0;
  const horizon = sample.targets[0]?.values.length ?? 0;
  return (
    <>
      <LineChart
        description={`Sample ${sample.sample + 1} of the ${sample.part} part: ${countOf(window, 'time step')} of input up to ${sample.origin}, ${countOf(horizon, 'step')} of target after it.`}
        data={data}
        lines={lines}
        x={{ label: 'time steps after the origin', kind: 'whole', range: null }}
        y={{ label: '', kind: 'number', range: null }}
        bands={noBands}
      />
      <p className="quiet">
        Origin {sample.origin}, series {sample.series + 1}, from time step {sample.start + 1}
        {unscored === 0 ? '' : `; ${countOf(unscored, 'target value')} not scored (missing or filled)`}
      </p>
    </>
  );
}
