import { create } from 'zustand';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { PythonFacts, PythonMakingEvent } from '../../electron/ipc/python-messages.ts';
import { desktop } from './desktop.ts';

interface PythonState {
  /** null: not known yet. */
  readonly facts: PythonFacts | null;
  readonly making: PythonMakingEvent;
  /** A chosen Python is being looked at. */
  readonly checking: boolean;
  /** Why the last wish was not fulfilled. */
  readonly problems: readonly Diagnostic[];
}

/** The Python that checks exports. Outside the dialog that shows it: an environment is made on when that is closed. */
export const usePython = create<PythonState>()(() => ({ facts: null, making: null, checking: false, problems: [] }));

export function receivePythonMaking(making: PythonMakingEvent): void {
  usePython.setState({ making });
  if (making === null) void readPython();
}

export async function readPython(): Promise<void> {
  const answer = await desktop().readPython();
  if (answer.ok) usePython.setState(answer.value);
  else usePython.setState({ problems: answer.diagnostics });
}

export async function makePython(): Promise<void> {
  usePython.setState({ making: { doing: 'Looking for Python', share: 0 }, problems: [] });
  take(await desktop().makePython());
  usePython.setState({ making: null });
}

export async function choosePython(): Promise<void> {
  usePython.setState({ checking: true, problems: [] });
  take(await desktop().choosePython());
  usePython.setState({ checking: false });
}

export async function forgetPython(): Promise<void> {
  usePython.setState({ problems: [] });
  take(await desktop().forgetPython());
}

/** null: nothing was made or chosen. */
function take(answer: Result<PythonFacts | null>): void {
  if (!answer.ok) usePython.setState({ problems: answer.diagnostics });
  else if (answer.value !== null) usePython.setState({ facts: answer.value });
}
