import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { Program } from '../../core/program/program.ts';
import type { EvaluatedPart, PartEvaluation, TargetEvaluation } from '../runs/run-report.ts';
import type { Session } from '../session.ts';
import { judgeContest } from './contest.ts';
import type { Contest } from './contest.ts';
import type { Dataset } from './dataset.ts';
import { forecastContest } from './forecast-contest.ts';
import { classContest, numberContest } from './label-contest.ts';
import { windowContest } from './window-contest.ts';
import type { LinearFit } from './linear-fit.ts';

/**
 * Judges the session's weights on one part: errors in the data's unit, beside every baseline on exactly the same windows
 * and the same weights, target by target. The part must hold a window. Yields between batches.
 */
export function* evaluatePart(
  session: Session,
  program: Program,
  dataset: Dataset,
  part: EvaluatedPart,
  linearFit: LinearFit,
): Generator<undefined, { readonly evaluation: PartEvaluation; readonly diagnostics: readonly Diagnostic[] }> {
  const { judged, targets } = dataset;
  const samples = judged.samples[part];
  if (samples.count === 0) throw new RangeError(`the ${part} part holds no window`);
  const diagnostics: Diagnostic[] = [];
  const evaluations: TargetEvaluation[] = [];
  for (const [target, { plan }] of targets.entries()) {
    const contest = yield* contestOf(session, program, dataset, target, part, linearFit);
    diagnostics.push(...contest.diagnostics);
    evaluations.push({ target: plan.label, kind: plan.kind, ...judgeContest(contest, samples, judged.settings.stride) });
  }
  const [first, ...others] = evaluations;
  if (first === undefined) throw new RangeError('a model has a target');
  return { evaluation: { ...first, ...(others.length > 0 && { others }) }, diagnostics };
}

function* contestOf(
  session: Session,
  program: Program,
  dataset: Dataset,
  target: number,
  part: EvaluatedPart,
  linearFit: LinearFit,
): Generator<undefined, Contest> {
  const data = dataset.targets[target]!;
  // Only whoever fills gaps is judged with values hidden.
  const open = { ...dataset, feeds: { ...dataset.feeds, hides: false } };
  const samples = dataset.judged.samples[part];
  switch (data.kind) {
    case 'forecast':
      return yield* forecastContest(session, program, open, { target, data, samples }, linearFit);
    case 'classify':
      return yield* classContest(session, program, open, target, data, samples);
    case 'regress':
      return yield* numberContest(session, program, open, target, data, samples);
    case 'reconstruct':
      return yield* windowContest(session, program, open, target, data, samples);
    case 'impute':
      return yield* windowContest(session, program, dataset, target, data, samples);
  }
}
