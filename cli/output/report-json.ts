import type { RunReport } from '../../engine/runs/run-report.ts';
import { diagnosticAsJson } from './print-diagnostic.ts';

/** A run's report as `--json` prints it. */
export function reportAsJson(report: RunReport): object {
  return { ...report, warnings: report.warnings.map(diagnosticAsJson) };
}
