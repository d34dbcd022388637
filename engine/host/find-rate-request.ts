import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { judgeRates, searchedRate } from '../../core/program/schedules/rate-finder.ts';
import { entryOf } from '../training/entry-inputs.ts';
import { prepareExperiment } from '../training/prepare-experiment.ts';
import { createTrainingFeed } from '../training/training-feed.ts';
import { tryRates } from '../training/try-rates.ts';
import type { FindRateRequest, RateReport } from './training-messages.ts';
import { resetVariables } from './reset-variables.ts';
import type { Workbench } from './workbench.ts';

/** Looks for a learning rate on a copy of the model: nothing is written, and nothing that is trained is touched. */
export async function findRate(workbench: Workbench, request: FindRateRequest, stopRequested: () => boolean): Promise<Result<RateReport>> {
  const { document, projectDirectory } = request;
  const { files, readCsv } = workbench.services;
  workbench.phase('reading data');
  const experiment = await prepareExperiment(document, projectDirectory, { files, readCsv }, null);
  if (!experiment.ok) return experiment;
  const session = await workbench.sessionFor(experiment.value);
  if (!session.ok) return session;
  const { dataset, program, diagnostics } = experiment.value;
  const { batchSize, seed } = document.training;

  workbench.phase('trying learning rates');
  resetVariables(session.value, experiment.value, seed);
  const feed = createTrainingFeed(dataset.feeds, dataset.plan.samples.training, entryOf(program, 'train'), {
    batchSize,
    seed,
    learningRate: () => ({ at: searchedRate }),
  });
  const work = tryRates(session.value, program, feed);
  const tried = await workbench.unhurried(untilStopped(work, stopRequested));
  if (tried === null) return fail(diagnose('rate-search-stopped', { kind: 'project' }, {}));
  const finding = judgeRates(tried);
  const warnings = finding.suggested === null ? [...diagnostics, diagnose('no-rate-found', { kind: 'value', path: ['training', 'optimizer'] }, {})] : diagnostics;
  return succeed({ tried, ...finding, batchSize, seed, warnings });
}

/** null: stopped. */
function* untilStopped<Value>(work: Generator<undefined, Value>, stopRequested: () => boolean): Generator<undefined, Value | null> {
  for (let part = work.next(); ; part = work.next()) {
    if (part.done === true) return part.value;
    if (stopRequested()) return null;
    yield;
  }
}
