import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { countOf } from '../../core/diagnostics/phrases.ts';
import type { RunReport } from '../../engine/runs/run-report.ts';
import { done, failed } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { diagnosticAsJson } from '../output/print-diagnostic.ts';
import { printError } from '../output/print-number.ts';
import { reportAsJson } from '../output/report-json.ts';
import { trainingLines, verdictLines } from '../output/report-lines.ts';
import { quoteForShell } from '../output/shell.ts';
import { layOutTable } from '../output/table.ts';
import { showPath } from '../surroundings.ts';
import type { Surroundings } from '../surroundings.ts';
import type { TrainedRuns } from './train.ts';

/** What a training of one or several seeds says in the end. */
export function trainingOutcome(surroundings: Surroundings, trained: TrainedRuns, wanted: number, notes: readonly Diagnostic[]): Outcome {
  const { reports, failure, signal } = trained;
  if (failure.length > 0) return failed(...failure);
  const isCancelled = reports.length < wanted || reports.some((report) => report.stopped === 'cancelled');
  const remarks = distinct([...notes, ...reports.flatMap((report) => report.warnings)]);
  const [first] = reports;
  if (first === undefined) {
    const stopped = diagnose('stopped-before-training', { kind: 'project' }, {});
    return { kind: 'interrupted', signal: signal ?? 'SIGINT', json: { diagnostics: [diagnosticAsJson(stopped)] }, lines: [], remarks: [stopped] };
  }
  const json = wanted === 1 ? reportAsJson(first) : { ...reportAsJson(medianRun(reports)), runs: reports.map(reportAsJson) };
  const lines = wanted === 1 ? oneRun(surroundings, first) : severalRuns(surroundings, reports, wanted);
  return signal !== null && isCancelled ? { kind: 'interrupted', signal, json, lines, remarks } : done(json, lines, remarks);
}

function oneRun(surroundings: Surroundings, report: RunReport): readonly string[] {
  const run = quoteForShell(showPath(surroundings, report.run));
  const next =
    report.stopped === 'cancelled'
      ? [`Go on with it:  ${surroundings.command} train --resume ${run}`]
      : [`On data it was not chosen by:  ${surroundings.command} evaluate ${run} --part test`];
  return [...trainingLines(report), '', ...verdictLines(report, 'validation'), '', `Run: ${run}`, ...next];
}

function severalRuns(surroundings: Surroundings, reports: readonly RunReport[], wanted: number): readonly string[] {
  const rows = reports.map((report) => [
    String(report.seed),
    printError(report.validation?.mse ?? Number.NaN),
    printError(report.validation?.mae ?? Number.NaN),
    String(report.bestEpoch),
    showPath(surroundings, report.run),
  ]);
  const middle = medianRun(reports);
  const missing = wanted - reports.length;
  return [
    ...layOutTable([['seed', 'validation mse', 'mae', 'best epoch', 'run'], ...rows]),
    '',
    `The median run is that of seed ${middle.seed}:`,
    ...trainingLines(middle),
    ...verdictLines(middle, 'validation'),
    ...(missing > 0 ? ['', `${countOf(missing, 'seed')} not trained.`] : []),
    '',
    `Runs: ${[...new Set(reports.map((report) => showPath(surroundings, path.dirname(report.run))))].join(', ')}`,
  ];
}

/** The run whose validation error is the median; of an even number the better of the middle two. */
function medianRun(reports: readonly RunReport[]): RunReport {
  const sorted = [...reports].sort((left, right) => (left.validation?.mse ?? 0) - (right.validation?.mse ?? 0));
  return sorted[Math.floor((sorted.length - 1) / 2)]!;
}

function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter((diagnostic, position) => diagnostics.findIndex((other) => other.message === diagnostic.message) === position);
}
