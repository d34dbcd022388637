import { countOf, printCount } from '../../core/diagnostics/phrases.ts';
import type { BaselineName, EvaluatedPart, RunReport, StopReason } from '../../engine/runs/run-report.ts';
import { coverageAdvice, coverageInWords } from '../../core/forecast/forecast-bands.ts';
import type { Score } from '../../core/forecast/metrics.ts';
import { printError } from './print-number.ts';
import { layOutTable } from './table.ts';

const baselineTitles: readonly (readonly [BaselineName, string])[] = [
  ['naive', 'naive'],
  ['seasonalNaive', 'seasonal naive'],
  ['linear', 'linear'],
];

const stopWords: Readonly<Record<StopReason, string>> = {
  completed: 'all epochs done',
  'early-stopping': 'stopped early: no better validation loss for a while',
  cancelled: 'stopped by you',
  'not-finite': 'stopped: a loss was not finite',
  diverged: 'stopped: the loss grew beyond all bounds',
  'engine-failed': 'stopped: TensorFlow failed',
  interrupted: 'interrupted',
};

/** What training came to: epochs, steps, speed, and which weights are kept. */
export function trainingLines(report: RunReport): readonly string[] {
  const { epochs, steps, msPerStep, bestEpoch, engine } = report;
  const speed = msPerStep === null ? '' : `, ${printError(msPerStep)} ms a step`;
  const kept = bestEpoch === 0 ? 'kept are the last weights' : `kept are the weights of epoch ${bestEpoch}, the best one`;
  return [
    `${countOf(epochs, 'epoch')}, ${countOf(steps, 'step')}${speed} (${engine.name} ${engine.version}); ${stopWords[report.stopped]}; ${kept}.`,
    `${printCount(report.parameters)} parameters, seed ${report.seed}.`,
  ];
}

/** The verdict in words and the errors beside every baseline on the same windows, in the data's unit. */
export function verdictLines(report: RunReport, part: EvaluatedPart): readonly string[] {
  const scores = report[part];
  if (scores === undefined) return [`The ${part} part holds no window: nothing says how well the model forecasts.`];
  return [`On the ${part} part the model ${report.verdict ?? 'was not judged'}.`, '', ...layOutTable(scoreRows(report, scores))];
}

function scoreRows({ baselines, skill }: RunReport, scores: Score): readonly (readonly string[])[] {
  const head = ['', 'mse', 'mae', 'skill', '95 % interval'];
  const model = ['model', printError(scores.mse), printError(scores.mae)];
  const others = baselineTitles.flatMap(([name, title]) => {
    const score = baselines?.[name];
    if (score === undefined) return [];
    const found = skill?.[name];
    return [[title, printError(score.mse), printError(score.mae), ...(found === undefined ? [] : [share(found.skill), found.interval.map(share).join(' to ')])]];
  });
  return [head, model, ...others];
}

/** The errors of each step of the horizon and of each column, beside the naive forecast's. */
export function detailLines(report: RunReport, part: EvaluatedPart): readonly string[] {
  const scores = report[part];
  const naive = report.baselines?.naive;
  if (scores === undefined || naive === undefined) return [];
  const steps = scores.perHorizon.map(({ step, mse, mae }, position) => {
    const other = naive.perHorizon[position];
    return [String(step), printError(mse), printError(other?.mse ?? Number.NaN), printError(mae), printError(other?.mae ?? Number.NaN)];
  });
  const columns = scores.perColumn.map(({ column, mse, mae }, position) => {
    const other = naive.perColumn[position];
    return [column, printError(mse), printError(other?.mse ?? Number.NaN), printError(mae), printError(other?.mae ?? Number.NaN)];
  });
  const titles = ['mse', 'naive mse', 'mae', 'naive mae'];
  const perStep = steps.length > 1 ? ['', ...layOutTable([['step', ...titles], ...steps])] : [];
  const perColumn = columns.length > 1 ? ['', ...layOutTable([['column', ...titles], ...columns])] : [];
  return [...perStep, ...perColumn];
}

/** How many true values the bands of Monte Carlo dropout hold, where that was asked. */
export function coverageLines({ coverage }: RunReport): readonly string[] {
  if (coverage === undefined) return [];
  const { values, draws } = coverage;
  const advice = coverageAdvice(coverage);
  return ['', `Monte Carlo dropout, ${printCount(draws)} draws of each forecast, ${countOf(values, 'value')}:`, coverageInWords(coverage), ...(advice === null ? [] : [advice])];
}

function share(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3).replace('-', '−') : '–';
}
