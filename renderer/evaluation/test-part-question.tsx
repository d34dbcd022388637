import { useState } from 'react';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { RunHandle } from '../../electron/ipc/run-messages.ts';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { DiagnosticList } from '../data/diagnostic-list.tsx';
import { keepTestReport } from '../runs/run-choice-store.ts';
import { desktop } from '../state/desktop.ts';

type Asking = { readonly kind: 'not-asked' } | { readonly kind: 'waiting' } | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[] };

/** The test part is touched when the person asks for it, knowing what that costs. */
export function TestPartQuestion({ run }: { readonly run: RunHandle }): React.JSX.Element {
  const [asking, setAsking] = useState<Asking>({ kind: 'not-asked' });
  const judge = async () => {
    setAsking({ kind: 'waiting' });
    const answer = await desktop().evaluateRun({ run, part: 'test' });
    if (answer.ok) keepTestReport(run, answer.value);
    else setAsking({ kind: 'failed', diagnostics: answer.diagnostics });
  };
  return (
    <EmptyState
      title="The test part has not been touched"
      text="It says how well the final model forecasts data that no choice was made on. Every look that leads to another choice makes it less honest: choose by the validation part, then look here once."
    >
      <Button look="primary" disabled={asking.kind === 'waiting'} onClick={() => void judge()}>
        {asking.kind === 'waiting' ? 'Judging' : 'Judge on the test part'}
      </Button>
      {asking.kind === 'failed' ? <DiagnosticList diagnostics={asking.diagnostics} /> : null}
    </EmptyState>
  );
}
