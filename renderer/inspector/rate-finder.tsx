import './rate-finder.css';
import { useMemo, useState } from 'react';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { printCount } from '../../core/diagnostics/phrases.ts';
import type { FoundRate } from '../../electron/ipc/run-messages.ts';
import type { ChartLine } from '../charts/chart-options.ts';
import { LineChart } from '../charts/line-chart.tsx';
import { printNumber } from '../charts/print-number.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { DiagnosticList } from '../data/diagnostic-list.tsx';
import { desktop } from '../state/desktop.ts';
import { currentDocument, editDocument, useDocument } from '../state/document-store.ts';
import { rateChartData } from './rate-chart-data.ts';

type Search =
  | { readonly kind: 'closed' }
  | { readonly kind: 'searching' }
  | { readonly kind: 'found'; readonly found: FoundRate }
  | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[] };

/** A button that tries learning rates on a copy of the model, and shows which one to take. */
export function RateFinder(): React.JSX.Element {
  const [search, setSearch] = useState<Search>({ kind: 'closed' });
  const project = useDocument((state) => state.project?.handle ?? null);
  const hasErrors = useDocument(({ diagnostics }) => diagnostics.some(({ severity }) => severity === 'error'));
  const start = async () => {
    if (project === null) return;
    setSearch({ kind: 'searching' });
    const answer = await desktop().findRate({ project, document: currentDocument() });
    // Whoever has closed the dialog meanwhile wants no answer.
    setSearch((now) => (now.kind === 'searching' ? (answer.ok ? { kind: 'found', found: answer.value } : { kind: 'failed', diagnostics: answer.diagnostics }) : now));
  };
  const close = () => {
    if (search.kind === 'searching' && project !== null) void desktop().stopFindingRate({ project });
    setSearch({ kind: 'closed' });
  };
  return (
    <div className="rate-finder">
      <Button icon="chart" disabled={project === null || hasErrors} title={hasErrors ? 'The graph has errors: see Problems.' : undefined} onClick={() => void start()}>
        Find a learning rate
      </Button>
      <Dialog open={search.kind !== 'closed'} wide title="Learning rate" text="Tried on a copy, with a rate that rises from step to step: your graph and your runs stay as they are." onDismiss={close} actions={<Actions search={search} onClose={close} />}>
        {search.kind === 'searching' ? <p className="rate-finder-waiting">Trying some hundred steps</p> : null}
        {search.kind === 'failed' ? <DiagnosticList diagnostics={search.diagnostics} /> : null}
        {search.kind === 'found' ? <Finding found={search.found} /> : null}
      </Dialog>
    </div>
  );
}

function Actions({ search, onClose }: { readonly search: Search; readonly onClose: () => void }): React.JSX.Element {
  const suggested = search.kind === 'found' ? search.found.suggested : null;
  const take = (learningRate: number) => {
    const { optimizer } = currentDocument().training;
    editDocument([{ kind: 'set-training', training: { optimizer: { ...optimizer, learningRate } } }]);
    onClose();
  };
  return (
    <>
      <Button onClick={onClose}>{suggested === null ? 'Close' : 'Keep mine'}</Button>
      {suggested === null ? null : (
        <Button look="primary" onClick={() => take(suggested)}>
          Use {suggested}
        </Button>
      )}
    </>
  );
}

const lines: readonly ChartLine[] = [
  { label: 'loss of each step', color: 'training', width: 1 },
  { label: 'smoothed', color: 'model', width: 2.5 },
  { label: 'suggested', color: 'truth', points: true },
];

function Finding({ found }: { readonly found: FoundRate }): React.JSX.Element {
  const { data, x, y } = useMemo(() => rateChartData(found), [found]);
  const { suggested, steepest, divergence, tried } = found;
  const words =
    suggested === null
      ? 'The loss fell at none of these rates.'
      : `Suggested: ${suggested}. The loss falls most steeply at ${printNumber(steepest, 2)}${divergence === null ? ' and never comes apart' : ` and comes apart from ${printNumber(divergence, 2)} on`}.`;
  return (
    <>
      <div className="rate-finder-chart">
        <LineChart
          description={`Loss over the learning rate, ${tried.length} steps. ${words}`}
          data={data}
          lines={lines}
          x={{ label: 'learning rate', kind: 'logarithmic', range: x }}
          y={{ label: 'Loss, scaled units', kind: 'logarithmic', range: y }}
        />
      </div>
      <p className="selectable">{words}</p>
      <p className="quiet">{printCount(tried.length)} rates, one a step, with batches of {printCount(found.batchSize)} windows. It is a place to start from: a schedule that falls takes a higher rate than a constant one.</p>
      {suggested === null ? <DiagnosticList diagnostics={found.warnings} /> : null}
    </>
  );
}
