import type { Export, RunHandle } from '../../electron/ipc/run-messages.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { exportFormats } from '../../core/export/export-formats.ts';
import type { ExportFormatName } from '../../core/export/export-formats.ts';
import type { ScalerPlace } from '../../core/export/exportable-model.ts';
import { openUsage } from './usage-store.ts';
import { desktop } from '../state/desktop.ts';
import { showNotice } from '../state/notices-store.ts';

/** Exports and says what was proven; the problems where nothing was kept, null where all is done or the person thought better of it. */
export async function exportRun(run: RunHandle, format: ExportFormatName, scaler: ScalerPlace, keepUnverified: boolean): Promise<readonly Diagnostic[] | null> {
  const written = await desktop().exportRun({ run, format, scaler, keepUnverified });
  if (!written.ok) return written.diagnostics;
  if (written.value === null) return null;
  const name = written.value.location.split(/[\\/]/u).at(-1) ?? '';
  const use = { title: 'Use it…', run: () => openUsage(run, { format, name, scaler }) };
  showNotice(written.value.proof.verdict === 'proven' ? 'note' : 'warning', exportInWords(format, written.value), use);
  return null;
}

function exportInWords(format: ExportFormatName, { location, proof }: NonNullable<Export>): string {
  const where = `Exported as ${exportFormats[format].title} to ${location}`;
  const runtimes = proof.findings.flatMap((finding) => (finding.kind === 'compared' ? [finding.runtime] : []));
  switch (proof.verdict) {
    case 'proven':
      return `${where}. Verified in ${runtimes.join(' and ')}: it differs from the model by ${proof.difference?.toExponential(1)} at most.`;
    case 'differs':
      return `${where}, unverified: it does not say what the model says. Its card tells more.`;
    case 'unproven':
      return `${where}, not verified: ${proof.findings.flatMap((finding) => (finding.kind === 'unavailable' ? [finding.reason] : [])).join('; ')}.`;
  }
}
