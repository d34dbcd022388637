import type { Score } from '../../core/forecast/metrics.ts';
import type { EvaluatedPart, RunReport } from '../../electron/ipc/run-messages.ts';
import type { AlignedColumns } from '../charts/align-columns.ts';
import type { ChartLine } from '../charts/chart-options.ts';
import { baselineLabels, baselineNames, skillInWords, type Forecaster } from './forecasters.ts';

export interface ForecasterScore {
  readonly forecaster: Forecaster;
  readonly label: string;
  readonly score: Score;
}

/** The model and the baselines that were judged with it on exactly the same windows. */
function forecasterScores(report: RunReport, part: EvaluatedPart): readonly ForecasterScore[] {
  const score = report[part];
  if (score === undefined) return [];
  const baselines = baselineNames.flatMap((forecaster): readonly ForecasterScore[] => {
    const found = report.baselines?.[forecaster];
    return found === undefined ? [] : [{ forecaster, label: baselineLabels[forecaster], score: found }];
  });
  return [{ forecaster: 'model', label: 'model', score }, ...baselines];
}

export interface ScoreCell {
  readonly value: number;
  /** The lowest of its column: errors are better small. */
  readonly best: boolean;
}

export interface ScoreRow {
  readonly forecaster: Forecaster;
  readonly label: string;
  readonly cells: readonly ScoreCell[];
  /** By how many per cent the model's squared error is smaller than this baseline's, with its 95 % interval; null for the model. */
  readonly skill: string | null;
}

export interface ScoreTable {
  /** Groups of two cells each: mse and mae. */
  readonly groups: readonly string[];
  /** Of a forecast of quantiles each row begins with a cell of its own: the mean pinball loss. */
  readonly hasPinball: boolean;
  readonly rows: readonly ScoreRow[];
}

/** The pinball loss where quantiles are forecast, then mse and mae of all columns together, then of each target column where there are several. In the data's unit. */
export function scoreTable(report: RunReport, part: EvaluatedPart): ScoreTable {
  const scores = forecasterScores(report, part);
  const columns = scores[0]?.score.perColumn ?? [];
  const groups = columns.length > 1 ? [report.kind === 'regress' ? 'all labels' : 'all columns', ...columns.map(({ column }) => column)] : columns.map(({ column }) => column);
  const values = scores.map(({ score }) => {
    const perColumn = score.perColumn.flatMap(({ mse, mae }) => [mse, mae]);
    const pinball = score.quantiles === undefined ? [] : [score.quantiles.pinball];
    return [...pinball, ...(columns.length > 1 ? [score.mse, score.mae] : []), ...perColumn];
  });
  const lowest = (values[0] ?? []).map((_, cell) => Math.min(...values.map((row) => row[cell] ?? Infinity)));
  const rows = scores.map(({ forecaster, label }, row) => ({
    forecaster,
    label,
    cells: (values[row] ?? []).map((value, cell) => ({ value, best: value === lowest[cell] })),
    skill: forecaster === 'model' ? null : skillInWords(report, forecaster, 'windows'),
  }));
  return { groups, hasPinball: scores[0]?.score.quantiles !== undefined, rows };
}

export type Measure = 'mae' | 'mse' | 'pinball';

/** Error of each horizon step, the model's first, as a chart draws it; steps are counted from 1. */
export function horizonChart(report: RunReport, part: EvaluatedPart, measure: Measure): { readonly data: AlignedColumns; readonly lines: readonly ChartLine[] } {
  const scores = forecasterScores(report, part);
  const steps = (scores[0]?.score.perHorizon ?? []).map(({ step }) => step);
  const points = steps.length <= 40;
  return {
    data: [steps, ...scores.map(({ score }) => score.perHorizon.map((step, position) => finiteOrGap(measure === 'pinball' ? (score.quantiles?.perHorizon[position]?.pinball ?? Number.NaN) : step[measure])))],
    lines: scores.map(({ forecaster, label }) => ({
      label,
      color: forecaster,
      points,
      width: forecaster === 'model' ? 2.5 : 1.5,
    })),
  };
}

function finiteOrGap(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
