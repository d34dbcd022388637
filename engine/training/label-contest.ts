import { targetWidth } from '../../core/compile/model.ts';
import { probabilitiesOf, scoreClasses } from '../../core/forecast/classification.ts';
import { fitLabels, type LabelProblem } from '../../core/forecast/linear-labels.ts';
import { classAt, classCounts, numberAt } from '../../core/forecast/target-batches.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import type { Program } from '../../core/program/program.ts';
import type { BaselineName } from '../runs/run-report.ts';
import type { Session } from '../session.ts';
import type { Contest } from './contest.ts';
import type { Dataset } from './dataset.ts';
import { predictValues } from './forecast-samples.ts';
import type { TargetData } from './target-data.ts';

type ClassData = Extract<TargetData, { readonly kind: 'classify' }>;
type NumberData = Extract<TargetData, { readonly kind: 'regress' }>;

/**
 * A model's probabilities of classes beside the shares of the classes in the training part (always the same probabilities) and least
 * squares of the window on each class, cut to probabilities. Errors are those of the probabilities (the Brier score, a class at a time).
 */
export function* classContest(session: Session, program: Program, dataset: Dataset, target: number, data: ClassData, samples: Samples): Generator<undefined, Contest> {
  const { table, judged, feeds } = dataset;
  const { classes } = data.plan;
  const outputs = targetWidth(data.plan);
  const logits = yield* predictValues(session, program, feeds, samples, target, outputs);
  const model = probabilitiesOf(logits, outputs);
  const truthOf = (part: Samples) => Int32Array.from({ length: part.count }, (_, pick) => classAt(data.label, table, part, pick));
  const oneHot = (part: Samples, own: Int32Array) =>
    Float64Array.from({ length: part.count * classes.length }, (_, position) => (own[Math.floor(position / classes.length)] === position % classes.length ? 1 : 0));
  const known = (own: Int32Array) => Float64Array.from({ length: own.length * classes.length }, (_, position) => (own[Math.floor(position / classes.length)]! < 0 ? 0 : 1));
  const own = truthOf(samples);
  const counts = classCounts(data.label, table, judged.samples.training);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const shares = Float64Array.from({ length: model.length }, (_, position) => counts[position % classes.length]! / total);
  yield;
  const training = truthOf(judged.samples.training);
  const problem = { table, settings: judged.settings, training: judged.samples.training, targets: oneHot(judged.samples.training, training), weights: known(training) };
  const linear = linearOf(problem, samples);
  if (linear.values !== null) cutToProbabilities(linear.values, classes.length);
  yield;
  const baselines: (readonly [BaselineName, Float64Array])[] = [['shares', shares], ...(linear.values === null ? [] : ([['linear', linear.values]] as const))];
  return {
    truth: oneHot(samples, own),
    weights: known(own),
    columns: classes,
    steps: 1,
    model,
    baselines,
    overlap: judged.settings.window,
    quantiles: null,
    classes: {
      scores: scoreClasses(classes, model, own),
      baselines: Object.fromEntries(baselines.map(([name, values]) => [name, scoreClasses(classes, values, own)])),
    },
    diagnostics: linear.diagnostics,
  };
}

/** A model's numbers beside their means in the training part and least squares of the window, in the labels' own units. */
export function* numberContest(session: Session, program: Program, dataset: Dataset, target: number, data: NumberData, samples: Samples): Generator<undefined, Contest> {
  const { table, judged, feeds } = dataset;
  const width = data.labels.length;
  const scaled = yield* predictValues(session, program, feeds, samples, target, width);
  const model = Float64Array.from(scaled, (value, position) => value * data.scales[position % width]!.factor + data.scales[position % width]!.offset);
  const truthOf = (part: Samples) =>
    Float64Array.from({ length: part.count * width }, (_, position) => numberAt(data.labels[position % width]!, table, part, Math.floor(position / width)));
  const known = (values: Float64Array) => values.map((value) => (Number.isNaN(value) ? 0 : 1));
  const training = truthOf(judged.samples.training);
  const means = data.labels.map((_, column) => meanOf(training.filter((value, position) => position % width === column && !Number.isNaN(value))));
  const truth = truthOf(samples);
  yield;
  const problem = { table, settings: judged.settings, training: judged.samples.training, targets: training.map((value) => (Number.isNaN(value) ? 0 : value)), weights: known(training) };
  const linear = linearOf(problem, samples);
  yield;
  return {
    truth,
    weights: known(truth),
    columns: data.plan.columns,
    steps: 1,
    model,
    baselines: [['mean', truth.map((_, position) => means[position % width]!)], ...(linear.values === null ? [] : ([['linear', linear.values]] as const))],
    overlap: judged.settings.window,
    classes: null,
    quantiles: null,
    diagnostics: linear.diagnostics,
  };
}

function linearOf(problem: LabelProblem, samples: Samples) {
  const fitted = fitLabels(problem);
  return fitted.ok ? { values: fitted.value(samples), diagnostics: [] } : { values: null, diagnostics: fitted.diagnostics };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Cut to 0 … 1 and made to sum to 1; where nothing is left, all alike. */
function cutToProbabilities(values: Float64Array, width: number): void {
  for (let start = 0; start < values.length; start += width) {
    let sum = 0;
    for (let own = start; own < start + width; own += 1) sum += values[own] = Math.min(1, Math.max(0, values[own]!));
    for (let own = start; own < start + width; own += 1) values[own] = sum === 0 ? 1 / width : values[own]! / sum;
  }
}
