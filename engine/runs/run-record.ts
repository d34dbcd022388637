import { z } from 'zod';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';

/** JSON knows no NaN (a score of nothing) and no infinity (a spread of one window): both are written as null. */
const number = z.union([z.number(), z.null().transform(() => Number.NaN)]);
const count = z.number().int().min(0);
const text = z.string();

const score = z
  .object({
    mse: number,
    mae: number,
    perHorizon: z.array(z.object({ step: count, mse: number, mae: number }).readonly()).readonly(),
    perColumn: z.array(z.object({ column: text, mse: number, mae: number }).readonly()).readonly(),
    count,
    quantiles: z
      .object({
        pinball: number,
        perHorizon: z.array(z.object({ step: count, pinball: number }).readonly()).readonly(),
        levels: z.array(z.object({ level: z.number(), below: number }).readonly()).readonly(),
        bands: z.array(z.object({ low: z.number(), high: z.number(), expected: z.number(), inside: number }).readonly()).readonly(),
      })
      .readonly()
      .exactOptional(),
  })
  .readonly();

const skill = z
  .object({
    skill: number,
    standardError: number,
    interval: z.tuple([number, number]).readonly(),
    verdict: z.enum(['beats', 'loses', 'no-clear-difference']),
  })
  .readonly();

const baselineNames = z.enum(['naive', 'seasonalNaive', 'linear', 'shares', 'mean', 'interpolation', 'lastValue', 'meanSeries']);

const classScores = z
  .object({
    names: z.array(text).readonly(),
    accuracy: number,
    balancedAccuracy: number,
    f1: number,
    crossEntropy: number,
    confusion: z.array(z.array(count).readonly()).readonly(),
    perClass: z.array(z.object({ name: text, precision: number, recall: number, f1: number, count }).readonly()).readonly(),
  })
  .readonly();

const targetKind = z.enum(['forecast', 'classify', 'regress', 'impute', 'reconstruct']);

const targetScores = z.object({
  windows: count,
  scores: score,
  baselines: z.partialRecord(baselineNames, score).readonly(),
  skill: z.partialRecord(baselineNames, skill).readonly(),
  verdict: text,
  classes: z.object({ ...classScores.unwrap().shape, baselines: z.partialRecord(baselineNames, classScores).readonly() }).readonly().exactOptional(),
});

const evaluation = targetScores
  .extend({
    target: text.exactOptional(),
    kind: targetKind.exactOptional(),
    others: z.array(targetScores.extend({ target: text, kind: targetKind }).readonly()).readonly().exactOptional(),
  })
  .readonly();

const runRecord = z
  .object({
    format: z.literal('unroll-run'),
    version: z.literal(1),
    /** The name of the run's directory when it was made. */
    id: text,
    project: text,
    /** The folder that data files are relative to, itself relative to the run's directory where it can be. */
    projectDirectory: text,
    seed: count,
    /** ISO 8601; finished is null while training. */
    started: text,
    finished: text.nullable(),
    /** Finished epochs and steps. */
    epochs: count,
    steps: count,
    stepsPerEpoch: count,
    msPerStep: number.nullable(),
    stopped: z.enum(['completed', 'early-stopping', 'cancelled', 'not-finite', 'diverged', 'engine-failed', 'interrupted', 'imported']),
    bestEpoch: count,
    bestLoss: number.nullable(),
    engine: z.object({ name: text, version: text, threads: count, scans: text.optional() }).readonly(),
    /** Trainable weights. */
    parameters: count,
    columns: z.array(text).readonly(),
    series: z.object({ count, steps: count }).readonly(),
    targetColumns: z.array(text).readonly(),
    /** scaled = (value − offset) / factor, a row a column. */
    scaler: z
      .object({
        kind: z.enum(['none', 'standard', 'min-max']),
        columns: z.array(z.object({ offset: z.number(), factor: z.number() }).readonly()).readonly(),
      })
      .readonly(),
    /** What the series are labelled with, and by which numbers among them are scaled. */
    labels: z
      .array(
        z
          .object({
            name: text,
            isNumber: z.boolean(),
            classes: z.array(text).readonly().nullable(),
            isKnownAhead: z.boolean().exactOptional(),
            scale: z.object({ offset: z.number(), factor: z.number() }).readonly().exactOptional(),
          })
          .readonly(),
      )
      .readonly()
      .exactOptional(),
    /** The files that were trained on, as the project names them. */
    data: z.array(z.object({ node: text, file: text, sha256: text }).readonly()).readonly(),
    /** The kept weights, judged; test only once it was asked for. */
    evaluation: z.object({ validation: evaluation.exactOptional(), test: evaluation.exactOptional() }).readonly(),
    /** Programs that took part, and their versions. */
    versions: z.record(text, text).readonly(),
  })
  .readonly();

/** run.json: what a run is and what it came to. */
export type RunRecord = z.infer<typeof runRecord>;

/** The text of run.json: a member a line where that can be read. */
export function serializeRunRecord(record: RunRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** Reads the text of run.json; fails with the path to the first bad value. */
export function parseRunRecord(content: string, file: string): Result<RunRecord> {
  const refuse = (path: string, problem: string): Result<never> =>
    fail(diagnose('run-file-value', { kind: 'file', file }, { file, path, problem }));
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    return refuse('the start', 'it is not JSON, or was cut off');
  }
  const parsed = runRecord.safeParse(json);
  if (parsed.success) return succeed(parsed.data);
  const [issue] = parsed.error.issues;
  return refuse(issue?.path.join('.') || 'the start', issue?.message ?? 'unknown');
}
