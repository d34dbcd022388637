import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { Backend } from '../session.ts';
import { prepareExperiment } from '../training/prepare-experiment.ts';
import { parameterCount } from '../runs/new-record.ts';
import type { EngineFacts } from '../runs/run-report.ts';
import type { PrepareRequest, PreparedReport } from './training-messages.ts';
import type { Workbench } from './workbench.ts';

/** Everything before the first step, so that pressing Train starts at once. */
export async function prepare(workbench: Workbench, request: PrepareRequest): Promise<Result<PreparedReport>> {
  const { document, projectDirectory } = request;
  workbench.phase('reading data');
  const { files, readCsv } = workbench.services;
  const experiment = await prepareExperiment(document, projectDirectory, { files, readCsv }, null);
  if (!experiment.ok) return experiment;
  const session = await workbench.sessionFor(experiment.value);
  if (!session.ok) return session;
  const backend = await workbench.backendFor(experiment.value);
  if (!backend.ok) return backend;
  const { number } = workbench.remember(experiment.value, projectDirectory);
  const { dataset, diagnostics } = experiment.value;
  const { training, validation, test } = dataset.plan.samples;
  return succeed({
    prepared: number,
    parameters: parameterCount(experiment.value.program),
    engine: engineFacts(backend.value),
    windows: { training: training.count, validation: validation.count, test: test.count },
    stepsPerEpoch: Math.ceil(training.count / document.training.batchSize),
    columns: dataset.table.columns.map(({ name }) => name),
    targetColumns: dataset.targetColumns,
    warnings: diagnostics,
  });
}

export function engineFacts({ name, version, threads, scans }: Backend): EngineFacts {
  return { name, version, threads, scans: scans.kind === 'kernel' ? `scan kernel, ${scans.instructionSet}` : 'ordinary operations' };
}
