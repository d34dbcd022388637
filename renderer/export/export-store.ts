import { create } from 'zustand';
import type { RunHandle } from '../../electron/ipc/run-messages.ts';

/** The run that is about to be exported; null: none. */
export const useExport = create<{ readonly run: RunHandle | null }>()(() => ({ run: null }));

export function openExport(run: RunHandle): void {
  useExport.setState({ run });
}

export function closeExport(): void {
  useExport.setState({ run: null });
}
