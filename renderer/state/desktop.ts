import type { Result } from '../../core/diagnostics/result.ts';
import type { UnrollApi } from '../../electron/ipc/unroll-api.ts';
import { showDiagnostics } from './notices-store.ts';

/** The app around the window: THE contract's requests and events. The only place that touches `window.unroll`. */
export function desktop(): UnrollApi {
  return window.unroll;
}

/** The answer's value; undefined where the request failed, after the person has been told why. */
export async function valueOrNotice<Value>(answer: Promise<Result<Value>>): Promise<Value | undefined> {
  const result = await answer;
  if (result.ok) return result.value;
  showDiagnostics(result.diagnostics);
  return undefined;
}
