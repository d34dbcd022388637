import { useState } from 'react';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { RunHandle } from '../../electron/ipc/run-messages.ts';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { DiagnosticList } from '../data/diagnostic-list.tsx';
import { desktop } from '../state/desktop.ts';
import { touchRunList } from '../state/runs-store.ts';

type Asking = { readonly kind: 'not-asked' } | { readonly kind: 'waiting' } | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[] };

/** A model that came in has not been judged on any data of this project. */
export function ImportedRunQuestion({ run }: { readonly run: RunHandle }): React.JSX.Element {
  const [asking, setAsking] = useState<Asking>({ kind: 'not-asked' });
  const judge = async () => {
    setAsking({ kind: 'waiting' });
    const answer = await desktop().evaluateRun({ run, part: 'validation' });
    if (answer.ok) touchRunList();
    setAsking(answer.ok ? { kind: 'not-asked' } : { kind: 'failed', diagnostics: answer.diagnostics });
  };
  return (
    <EmptyState title="An imported model that was not judged yet" text="It can be judged beside the baselines where its file came with its data. Otherwise choose the data in the Series node, and let a training start from these weights in Runs.">
      <Button look="primary" disabled={asking.kind === 'waiting'} onClick={() => void judge()}>
        {asking.kind === 'waiting' ? 'Judging' : 'Judge on the validation part'}
      </Button>
      {asking.kind === 'failed' ? <DiagnosticList diagnostics={asking.diagnostics} /> : null}
    </EmptyState>
  );
}
