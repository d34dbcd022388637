import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { EngineError } from '../session.ts';
import { evaluate, weights } from './evaluate-request.ts';
import { exportRun } from './export-request.ts';
import { findRate } from './find-rate-request.ts';
import type { HostServices } from './host-services.ts';
import type { HostMessage, HostRequest, HostResponses, RequestMessage } from './messages.ts';
import { messageOf } from './port.ts';
import type { MessagePortLike } from './port.ts';
import { predict } from './predict-request.ts';
import { prepare } from './prepare-request.ts';
import { resume } from './resume-request.ts';
import { sampleForecasts } from './sample-forecasts-request.ts';
import { train } from './train-request.ts';
import { createWorkbench } from './workbench.ts';

type Answer = Result<HostResponses[keyof HostResponses]>;

/**
 * Serves one client over a port: requests one after the other in their order, `cancel` at once. Ends with a close
 * request or when the other end closes.
 */
export function serveHost(port: MessagePortLike, services: HostServices): void {
  const post = (message: HostMessage): void => port.postMessage(message);
  const workbench = createWorkbench(services, (event) => post({ type: 'event', event }));
  let last: Promise<void> = Promise.resolve();
  let training: { stopRequested: boolean } | null = null;
  let closed = false;

  port.on('message', (received) => {
    const { id, request } = messageOf<RequestMessage>(received);
    if (request.kind === 'cancel') {
      const wasTraining = training !== null;
      if (training !== null) training.stopRequested = true;
      post({ type: 'response', id, result: succeed({ wasTraining }) });
      return;
    }
    last = last.then(async () => post(await answerTo(id, request)));
    if (request.kind === 'close') last = last.then(end);
  });
  port.on('close', () => {
    if (training !== null) training.stopRequested = true;
    last = last.then(end);
  });
  port.start?.();

  function end(): void {
    if (closed) return;
    closed = true;
    workbench.close();
    port.close();
  }

  async function answerTo(id: number, request: Exclude<HostRequest, { kind: 'cancel' }>): Promise<HostMessage> {
    try {
      return { type: 'response', id, result: await answer(request) };
    } catch (error) {
      if (error instanceof EngineError) {
        return { type: 'response', id, result: fail(diagnose('engine-call-failed', { kind: 'project' }, { during: error.during, reason: error.reason })) };
      }
      const thrown = error instanceof Error ? error : new Error(String(error));
      return { type: 'crash', id, message: thrown.message, stack: thrown.stack ?? '' };
    }
  }

  function answer(request: Exclude<HostRequest, { kind: 'cancel' }>): Promise<Answer> {
    switch (request.kind) {
      case 'prepare':
        return prepare(workbench, request);
      case 'train':
        return whileTraining((stopRequested) => train(workbench, request, stopRequested));
      case 'resume':
        return whileTraining((stopRequested) => resume(workbench, request, stopRequested));
      case 'find-rate':
        return whileTraining((stopRequested) => findRate(workbench, request, stopRequested));
      case 'evaluate':
        return evaluate(workbench, request);
      case 'predict':
        return predict(workbench, request);
      case 'sample-forecasts':
        return sampleForecasts(workbench, request);
      case 'weights':
        return weights(workbench, request);
      case 'export':
        return exportRun(workbench, request);
      case 'close':
        return Promise.resolve(succeed(null));
    }
  }

  async function whileTraining(work: (stopRequested: () => boolean) => Promise<Answer>): Promise<Answer> {
    const state = { stopRequested: false };
    training = state;
    try {
      return await work(() => state.stopRequested);
    } finally {
      training = null;
    }
  }
}
