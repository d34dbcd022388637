import { countOf, printCount } from '../../core/diagnostics/phrases.ts';
import type { BaselineName, EvaluatedPart, RunReport, StopReason, TargetEvaluation } from '../../engine/runs/run-report.ts';
import type { Score } from '../../core/forecast/metrics.ts';
import { quantilesInWords } from '../../core/forecast/quantiles.ts';
import { coverageAdvice, coverageInWords } from '../../core/forecast/forecast-bands.ts';
import { printError } from './print-number.ts';
import { layOutTable } from './table.ts';

const baselineTitles: readonly (readonly [BaselineName, string])[] = [
  ['naive', 'naive'],
  ['interpolation', 'linear interpolation'],
  ['lastValue', 'last value'],
  ['meanSeries', 'mean series'],
  ['shares', 'class shares'],
  ['mean', 'mean'],
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
  imported: 'imported with its weights',
};

/** Where the last weights are good for nothing. */
const wentAstray: ReadonlySet<StopReason> = new Set(['not-finite', 'diverged', 'engine-failed']);

/** What training came to: epochs, steps, speed, and which weights are kept. */
export function trainingLines(report: RunReport): readonly string[] {
  const { epochs, steps, msPerStep, bestEpoch, engine } = report;
  const speed = msPerStep === null ? '' : `, ${printError(msPerStep)} ms a step`;
  const kept = bestEpoch > 0 ? `kept are the weights of epoch ${bestEpoch}, the best one` : wentAstray.has(report.stopped) ? 'kept are the weights of the start' : 'kept are the last weights';
  return [
    `${countOf(epochs, 'epoch')}, ${countOf(steps, 'step')}${speed} (${engine.name} ${engine.version}); ${stopWords[report.stopped]}; ${kept}.`,
    `${printCount(report.parameters)} parameters, seed ${report.seed}.`,
  ];
}

/** The verdict in words and the errors beside every baseline on the same windows, in the data's unit, target by target. */
export function verdictLines(report: RunReport, part: EvaluatedPart): readonly string[] {
  const targets = judgedTargets(report, part);
  if (targets.length === 0) return [`The ${part} part holds no window: nothing says how well the model ${report.kind === undefined || report.kind === 'forecast' ? 'forecasts' : 'does'}.`];
  return targets.flatMap((judged, position) => [
    ...(position > 0 ? [''] : []),
    `${targets.length > 1 ? `${judged.target}: on` : 'On'} the ${part} part the model ${judged.verdict}.`,
    '',
    ...layOutTable(scoreRows(judged)),
    ...(judged.scores.quantiles === undefined ? [] : ['', quantilesInWords(judged.scores.quantiles)]),
    ...classLines(judged),
  ]);
}

type JudgedTarget = Omit<TargetEvaluation, 'windows'>;

/** The targets that were judged on a part, the first one first. */
function judgedTargets(report: RunReport, part: EvaluatedPart): readonly JudgedTarget[] {
  const { baselines, skill, verdict, kind, target, classes, others } = report;
  const scores = report[part];
  if (scores === undefined) return [];
  const first = { target: target ?? '', kind: kind ?? 'forecast', scores, baselines: baselines ?? {}, skill: skill ?? {}, verdict: verdict ?? 'was not judged' } as const;
  return [{ ...first, ...(classes !== undefined && { classes }) }, ...(others ?? [])];
}

function scoreRows({ scores, baselines, skill, classes }: JudgedTarget): readonly (readonly string[])[] {
  const right = (name: BaselineName | null): string[] => {
    if (classes === undefined) return [];
    const own = name === null ? classes : classes.baselines[name];
    return own === undefined ? ['', ''] : [`${(100 * own.accuracy).toFixed(1)} %`, printError(own.crossEntropy)];
  };
  const pinballHead = scores.quantiles === undefined ? [] : ['pinball'];
  const pinballOf = (score: Score): string[] => (score.quantiles === undefined ? [] : [printError(score.quantiles.pinball)]);
  const head = ['', ...(classes === undefined ? [...pinballHead, 'mse', 'mae'] : ['right', 'cross-entropy', 'Brier score', 'mae']), 'skill', '95 % interval'];
  const model = ['model', ...right(null), ...pinballOf(scores), printError(scores.mse), printError(scores.mae)];
  const others = baselineTitles.flatMap(([name, title]) => {
    const score = baselines[name];
    if (score === undefined) return [];
    const found = skill[name];
    return [[title, ...right(name), ...pinballOf(score), printError(score.mse), printError(score.mae), ...(found === undefined ? [] : [share(found.skill), found.interval.map(share).join(' to ')])]];
  });
  return [head, model, ...others];
}

/** Who was taken for whom: true classes down, what the model said across. */
function classLines({ classes }: JudgedTarget): readonly string[] {
  if (classes === undefined) return [];
  const { names, confusion, perClass, balancedAccuracy, f1 } = classes;
  const rows = names.map((name, own) => [
    name,
    ...confusion[own]!.map(printCount),
    `${(100 * perClass[own]!.recall).toFixed(1)} %`,
    `${(100 * perClass[own]!.precision).toFixed(1)} %`,
  ]);
  return ['', ...layOutTable([['is \\ said', ...names, 'found', 'rightly said'], ...rows]), '', `Balanced accuracy ${(100 * balancedAccuracy).toFixed(1)} %, F1 ${f1.toFixed(3)}.`];
}

/** The errors of each step of the horizon and of each column, beside those of the plainest baseline. */
export function detailLines(report: RunReport, part: EvaluatedPart): readonly string[] {
  return judgedTargets(report, part).flatMap((judged) => detailsOf(judged));
}

function detailsOf({ scores, baselines }: JudgedTarget): readonly string[] {
  const plainest = baselineTitles.find(([name]) => baselines[name] !== undefined);
  if (plainest === undefined) return [];
  const [name, title] = plainest;
  const other = baselines[name]!;
  const beside = (own: { readonly mse: number; readonly mae: number }, theirs: typeof own | undefined) => [
    printError(own.mse), printError(theirs?.mse ?? Number.NaN), printError(own.mae), printError(theirs?.mae ?? Number.NaN),
  ];
  const steps = scores.perHorizon.map((own, position) => [String(own.step), ...beside(own, other.perHorizon[position])]);
  const columns = scores.perColumn.map((own, position) => [own.column, ...beside(own, other.perColumn[position])]);
  const titles = ['mse', `${title} mse`, 'mae', `${title} mae`];
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
