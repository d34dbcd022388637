import { requestNames } from '../../electron/ipc/channel-names.ts';
import type { EventName, RequestName } from '../../electron/ipc/channel-names.ts';
import type { ArgumentOf, Events, ValueOf } from '../../electron/ipc/contract.ts';
import type { UnrollApi } from '../../electron/ipc/unroll-api.ts';
import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';

/** What the double answers: a value, or a function of the request's argument that gives a Result. */
export type Answers = { readonly [Name in RequestName]?: (argument: ArgumentOf<Name>) => Result<ValueOf<Name>> | Promise<Result<ValueOf<Name>>> };

export interface UnrollDouble {
  readonly api: UnrollApi;
  /** Every request so far, in order. */
  readonly asked: readonly { readonly name: RequestName; readonly argument: unknown }[];
  /** Tells the listeners, as the main process would. */
  readonly tell: <Name extends EventName>(name: Name, event: Events[Name]) => void;
}

/**
 * Stands in for the main process in tests of the renderer. It lives among the tests, which the product cannot import. A
 * request that the test has no answer for is rejected by name, so that nothing passes by accident.
 */
export function createUnrollDouble(answers: Answers): UnrollDouble {
  const asked: { readonly name: RequestName; readonly argument: unknown }[] = [];
  const listeners = new Map<EventName, Set<(event: never) => void>>();

  async function answer(name: RequestName, argument: unknown): Promise<Result<unknown>> {
    asked.push({ name, argument });
    const found = answers[name] as ((argument: unknown) => Result<unknown> | Promise<Result<unknown>>) | undefined;
    if (found === undefined) throw new Error(`The test has no answer for the request "${name}".`);
    return await found(argument);
  }

  const methods = Object.fromEntries(
    requestNames.map((name) => [name, name === 'dropFiles' ? dropFiles : (argument?: unknown) => answer(name, argument ?? null)]),
  );

  function dropFiles(project: unknown, files: readonly { readonly name: string }[]): Promise<Result<unknown>> {
    return answer('dropFiles', { project, paths: files.map((file) => file.name) });
  }

  function listen(name: EventName, listener: (event: never) => void): () => void {
    const group = listeners.get(name) ?? new Set();
    listeners.set(name, group.add(listener));
    return () => group.delete(listener);
  }

  return {
    api: { ...methods, listen } as unknown as UnrollApi,
    asked,
    tell: (name, event) => {
      for (const listener of listeners.get(name) ?? []) (listener as (event: Events[typeof name]) => void)(event);
    },
  };
}

/** Answers with this value whatever was asked. */
export function always<Value>(value: Value): () => Result<Value> {
  return () => succeed(value);
}
