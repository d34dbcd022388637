import { succeed, type Result } from '../../../core/diagnostics/result.ts';
import { requestNames, type RequestName } from '../../../electron/ipc/channel-names.ts';
import type { ArgumentOf, ValueOf } from '../../../electron/ipc/contract.ts';

/** What the double answers; a request that the test has no answer for is rejected by name, so that nothing passes by accident. */
export type Answers = { readonly [Name in RequestName]?: (argument: ArgumentOf<Name>) => Result<ValueOf<Name>> | Promise<Result<ValueOf<Name>>> };

export interface UnrollDouble {
  /** Every request so far, in order. */
  readonly asked: readonly { readonly name: RequestName; readonly argument: unknown }[];
}

/** Stands in for the main process where there is no window: `window.unroll` answers as told, and remembers what it was asked. */
export function standInForDesktop(answers: Answers): UnrollDouble {
  const asked: { readonly name: RequestName; readonly argument: unknown }[] = [];
  const request = (name: RequestName) => async (argument: unknown) => {
    asked.push({ name, argument });
    const answer = answers[name] as ((argument: unknown) => Result<unknown> | Promise<Result<unknown>>) | undefined;
    if (answer === undefined) throw new Error(`The test has no answer for the request "${name}".`);
    return await answer(argument);
  };
  Object.assign(globalThis, { window: { unroll: Object.fromEntries(requestNames.map((name) => [name, request(name)])) } });
  return { asked };
}

/** Answers with this value whatever was asked. */
export function always<Value>(value: Value): () => Result<Value> {
  return () => succeed(value);
}
