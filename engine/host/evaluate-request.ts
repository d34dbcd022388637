import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { weightsByLayer } from '../runs/weights-file.ts';
import { reportOf } from '../runs/new-record.ts';
import type { RunReport } from '../runs/run-report.ts';
import { coverageOfSamples, drawingObstacle, firstForecast } from '../training/forecast-draws.ts';
import { judgeRun } from './judge-run.ts';
import type { WeightsReport, WeightsRequest } from './model-messages.ts';
import type { EvaluateRequest } from './prediction-messages.ts';
import { openTrained, openWithData } from './open-trained.ts';
import type { Workbench } from './workbench.ts';

/** Judges a run's kept weights on a part. */
export async function evaluate(workbench: Workbench, { runDirectory, part, draws }: EvaluateRequest): Promise<Result<RunReport>> {
  const opened = await openWithData(workbench, runDirectory);
  if (!opened.ok) return opened;
  const { run, experiment, session } = opened.value;
  if (experiment.dataset.judged.samples[part].count === 0) {
    return fail(diagnose('part-without-windows', { kind: 'node', node: experiment.model.data.windowNode }, { part }));
  }
  const { dataset, program } = experiment;
  const forecast = firstForecast(dataset, dataset.judged.samples[part]);
  const obstacle = draws === undefined ? null : drawingObstacle(experiment.model, program, run.directory);
  if (obstacle !== null) return fail(obstacle);
  const judged = await judgeRun(workbench, { directory: run.directory, experiment, session, record: run.record, part });
  if (!judged.ok) return judged;
  const report = reportOf(run.directory, judged.value.record, part, [...experiment.diagnostics, ...judged.value.diagnostics]);
  if (draws === undefined || forecast === null) return succeed(report);
  const drawing = { draws, seed: run.record.seed };
  return succeed({ ...report, coverage: await workbench.unhurried(coverageOfSamples(session, program, dataset.table, forecast, drawing)) });
}

/** The kept weights by layer; needs neither the data nor TensorFlow. */
export async function weights(workbench: Workbench, { runDirectory }: WeightsRequest): Promise<Result<WeightsReport>> {
  const trained = await openTrained(workbench, runDirectory);
  if (!trained.ok) return trained;
  const { run, compiled, kept } = trained.value;
  return succeed({ document: run.document, weights: weightsByLayer(compiled.program, kept) });
}
