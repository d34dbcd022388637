import type { Result } from '../../core/diagnostics/result.ts';
import type { CloseRequest, HostEvent, HostMessage, HostRequest, HostResponses, RequestMessage } from './messages.ts';
import type { ExportRequest, WeightsRequest } from './model-messages.ts';
import type { EvaluateRequest, PredictRequest } from './prediction-messages.ts';
import type { SampleForecastsRequest } from './sample-messages.ts';
import type { FindRateRequest, PrepareRequest, ResumeRequest, TrainRequest } from './training-messages.ts';
import { messageOf } from './port.ts';
import type { MessagePortLike } from './port.ts';

type Fields<Request extends { readonly kind: string }> = Omit<Request, 'kind'>;
type Answer<Kind extends keyof HostResponses> = Promise<Result<HostResponses[Kind]>>;

/** The host seen from outside: one function a request. A promise is rejected only by a crash or a closed port. */
export interface HostClient {
  readonly prepare: (request: Fields<PrepareRequest>) => Answer<'prepare'>;
  readonly train: (request: Fields<TrainRequest>) => Answer<'train'>;
  readonly resume: (request: Fields<ResumeRequest>) => Answer<'resume'>;
  readonly findRate: (request: Fields<FindRateRequest>) => Answer<'find-rate'>;
  readonly cancel: () => Answer<'cancel'>;
  readonly evaluate: (request: Fields<EvaluateRequest>) => Answer<'evaluate'>;
  readonly predict: (request: Fields<PredictRequest>) => Answer<'predict'>;
  readonly sampleForecasts: (request: Fields<SampleForecastsRequest>) => Answer<'sample-forecasts'>;
  readonly weights: (request: Fields<WeightsRequest>) => Answer<'weights'>;
  readonly export: (request: Fields<ExportRequest>) => Answer<'export'>;
  readonly close: () => Promise<void>;
  /** Calls the listener with every event; gives the function that ends it. */
  readonly subscribe: (listener: (event: HostEvent) => void) => () => void;
}

interface Pending {
  readonly resolve: (result: Result<never>) => void;
  readonly reject: (error: Error) => void;
}

/** Speaks to the host at the other end of the port. */
export function connectHost(port: MessagePortLike): HostClient {
  const pending = new Map<number, Pending>();
  const listeners = new Set<(event: HostEvent) => void>();
  let lastId = 0;
  let closed = false;

  port.on('message', (received) => {
    const message = messageOf<HostMessage>(received);
    switch (message.type) {
      case 'event':
        for (const listener of listeners) listener(message.event);
        return;
      case 'response':
        settle(message.id)?.resolve(message.result as Result<never>);
        return;
      case 'crash':
        settle(message.id)?.reject(crashError(message.message, message.stack));
        return;
    }
  });
  port.on('close', () => {
    closed = true;
    for (const id of pending.keys()) settle(id)?.reject(new Error('The engine ended before it answered.'));
  });
  port.start?.();

  function settle(id: number): Pending | undefined {
    const waiting = pending.get(id);
    pending.delete(id);
    return waiting;
  }

  function ask<Kind extends keyof HostResponses>(request: Extract<HostRequest, { kind: Kind }>): Answer<Kind> {
    if (closed) return Promise.reject(new Error('The engine has ended.'));
    lastId += 1;
    const message: RequestMessage = { type: 'request', id: lastId, request };
    return new Promise<Result<HostResponses[Kind]>>((resolve, reject) => {
      pending.set(message.id, { resolve, reject });
      port.postMessage(message);
    });
  }

  return {
    prepare: (request) => ask<'prepare'>({ kind: 'prepare', ...request }),
    train: (request) => ask<'train'>({ kind: 'train', ...request }),
    resume: (request) => ask<'resume'>({ kind: 'resume', ...request }),
    findRate: (request) => ask<'find-rate'>({ kind: 'find-rate', ...request }),
    cancel: () => ask<'cancel'>({ kind: 'cancel' }),
    evaluate: (request) => ask<'evaluate'>({ kind: 'evaluate', ...request }),
    predict: (request) => ask<'predict'>({ kind: 'predict', ...request }),
    sampleForecasts: (request) => ask<'sample-forecasts'>({ kind: 'sample-forecasts', ...request }),
    weights: (request) => ask<'weights'>({ kind: 'weights', ...request }),
    export: (request) => ask<'export'>({ kind: 'export', ...request }),
    close: async () => {
      if (closed) return;
      await ask<'close'>({ kind: 'close' } satisfies CloseRequest);
      closed = true;
      port.close();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function crashError(message: string, stack: string): Error {
  const error = new Error(message);
  error.stack = stack;
  return error;
}
