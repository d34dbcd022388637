import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { HostEvent } from '../../engine/host/messages.ts';
import type { RunReport } from '../../engine/runs/run-report.ts';
import type { Engine, EngineEnd } from '../engine-host/engine.ts';
import type { RunEvent } from '../ipc/run-messages.ts';

const graceMilliseconds = 600;

/** The answer of an engine, or what became of the engine before it answered. */
export async function answerOf<Value>(engine: Engine, answer: Promise<Result<Value>>): Promise<Result<Value>> {
  const lost = engine.ended.then((end): Result<never> => fail(endInWords(end)));
  // An engine that ends closes its port at once, and is known to be gone a moment later: only then it is known why.
  const answered = answer.catch((error: unknown) => Promise.race([lost, wait(graceMilliseconds, fail(crashInWords(error)))]));
  return Promise.race([answered, lost]);
}

function endInWords(end: EngineEnd): Diagnostic {
  const kept = 'What was trained up to the last checkpoint is kept: resume the run.';
  if (end.kind === 'hung') return diagnose('engine-hung', { kind: 'run' }, { seconds: String(end.seconds), kept });
  return diagnose('engine-ended', { kind: 'run' }, { how: end.how, kept });
}

function crashInWords(error: unknown): Diagnostic {
  const reason = error instanceof Error ? error.message : String(error);
  return diagnose('request-failed', { kind: 'project' }, { request: 'engine', reason });
}

/** Follows one training from its request to its end, and tells what happens in the contract's words. */
export async function watchTraining(engine: Engine, request: () => Promise<Result<RunReport>>, tell: (event: RunEvent) => void): Promise<Result<RunReport>> {
  const unsubscribe = engine.client.subscribe((event) => {
    const told = eventInContract(event);
    if (told !== null) tell(told);
  });
  const stopListening = engine.onSilence((isSilent) => {
    if (isSilent) tell({ kind: 'warning', diagnostic: diagnose('engine-silent', { kind: 'run' }, {}) });
    else tell({ kind: 'phase', phase: 'training' });
  });
  try {
    const report = await answerOf(engine, request());
    return report.ok ? succeed({ ...report.value, run: path.basename(report.value.run) }) : report;
  } finally {
    unsubscribe();
    stopListening();
  }
}

/** null: what a window has no use for. Paths stay here. */
function eventInContract(event: HostEvent): RunEvent | null {
  switch (event.kind) {
    case 'training-started': {
      const { seed, epochs, stepsPerEpoch, parameters, finishedEpochs, finishedSteps } = event;
      return { kind: 'started', seed, epochs, stepsPerEpoch, parameters, finishedEpochs, finishedSteps };
    }
    case 'training-progress': {
      const { epoch, stepInEpoch, step, msPerStep, losses, learningRates, epochsFinished } = event;
      return { kind: 'progress', epoch, stepInEpoch, step, msPerStep, losses, learningRates, epochsFinished };
    }
    case 'warning':
      return event;
    case 'phase':
      return event.phase === 'training' || event.phase === 'evaluating' ? { kind: 'phase', phase: event.phase } : null;
  }
}
