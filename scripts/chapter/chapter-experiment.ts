import { readCsv } from '../../cli/read-csv.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import { openFileDoor } from '../../engine/files/file-door.ts';
import { createTrainingFeed } from '../../engine/training/training-feed.ts';
import { entryOf } from '../../engine/training/entry-inputs.ts';
import { evaluatePart } from '../../engine/training/evaluate-part.ts';
import { prepareExperiment } from '../../engine/training/prepare-experiment.ts';
import type { Experiment } from '../../engine/training/prepare-experiment.ts';
import { resetVariables } from '../../engine/host/reset-variables.ts';
import type { EvaluatedPart, PartEvaluation } from '../../engine/runs/run-report.ts';
import type { Backend, Session } from '../../engine/session.ts';
import { median } from '../bench/statistics.ts';

export interface TrainedSeed {
  readonly seed: number;
  /** Mean squared error on the validation part after the last epoch, as the notebook gives it. */
  readonly error: number;
  readonly msPerStep: number;
  readonly seconds: number;
}

export async function prepareChapter(document: GraphDocument): Promise<Experiment> {
  const prepared = await prepareExperiment(document, '.', { files: openFileDoor(), readCsv }, null);
  if (!prepared.ok) throw new Error(prepared.diagnostics.map(({ message }) => message).join('\n'));
  return prepared.value;
}

/** Trains a network from the weights of a seed for all epochs, and judges it by the weights of the last one; `afterEpoch` looks at them after each. */
export function trainSeed(backend: Backend, experiment: Experiment, seed: number, afterEpoch: (session: Session) => void = () => undefined): TrainedSeed {
  const { document, program, dataset } = experiment;
  const { batchSize, epochs, optimizer } = document.training;
  const session = backend.open(program);
  try {
    resetVariables(session, experiment, seed);
    const feed = createTrainingFeed(dataset.feeds, dataset.plan.samples.training, entryOf(program, 'train'), { batchSize, learningRate: optimizer.learningRate, seed });
    const times: number[] = [];
    const began = performance.now();
    for (let epoch = 0; epoch < epochs; epoch += 1) {
      for (let step = 0; step < feed.stepsPerEpoch; step += 1) {
        const start = performance.now();
        const { feeds } = feed.batch(epoch, step, epoch * feed.stepsPerEpoch + step);
        const loss = session.run('train', feeds, ['loss'])['loss']!.values[0]!;
        if (!Number.isFinite(loss)) throw new Error(`the loss of ${document.name} is ${loss} in epoch ${epoch + 1}`);
        times.push(performance.now() - start);
      }
      afterEpoch(session);
    }
    const seconds = (performance.now() - began) / 1000;
    return { seed, error: judge(session, experiment, 'validation').scores.mse, msPerStep: median(times), seconds };
  } finally {
    session.close();
  }
}

/** Errors of a session's weights, and of the baselines on the same windows. */
export function judge(session: Session, experiment: Experiment, part: EvaluatedPart): PartEvaluation {
  const work = evaluatePart(session, experiment.program, experiment.dataset, part, experiment.linearFit);
  for (let next = work.next(); ; next = work.next()) if (next.done === true) return next.value.evaluation;
}
