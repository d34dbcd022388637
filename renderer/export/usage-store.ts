import { create } from 'zustand';
import type { RunHandle } from '../../electron/ipc/run-messages.ts';
import type { ExportFormatName } from '../../core/export/export-formats.ts';
import type { ScalerPlace } from '../../core/export/exportable-model.ts';

/** An export that was just made: its programs come first, and call it by its own name. */
export interface MadeExport {
  readonly format: ExportFormatName;
  readonly name: string;
  readonly scaler: ScalerPlace;
}

interface UsageState {
  /** The run whose exports are to be used; null: none. */
  readonly run: RunHandle | null;
  readonly made: MadeExport | null;
}

export const useUsage = create<UsageState>()(() => ({ run: null, made: null }));

export function openUsage(run: RunHandle, made: MadeExport | null): void {
  useUsage.setState({ run, made });
}

export function closeUsage(): void {
  useUsage.setState({ run: null, made: null });
}
