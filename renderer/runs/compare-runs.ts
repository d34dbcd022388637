import type { RunDetails } from '../../electron/ipc/run-messages.ts';
import { alignColumns, type AlignedColumns } from '../charts/align-columns.ts';
import type { ChartLine } from '../charts/chart-options.ts';
import { printNumber, printPercent, printPercents } from '../charts/print-number.ts';
import { printDuration, printStepTime } from '../charts/print-time.ts';
import { printCount } from '../../core/diagnostics/phrases.ts';
import { epochsInWords } from './run-words.ts';

/** What the two runs are called where they stand side by side. */
export const comparedNames = ['first', 'second'] as const;

export const comparedLines: readonly [ChartLine, ChartLine] = [
  { label: comparedNames[0], color: 'column2', width: 2 },
  { label: comparedNames[1], color: 'model', width: 2 },
];

type Pair = readonly [RunDetails, RunDetails];

/** One fact of both runs; `better` names the one that wins where there is a winner that can be seen. */
export interface ComparedFact {
  readonly name: string;
  readonly values: readonly [string, string];
  readonly better: 0 | 1 | null;
}

/** Scores of the validation part in the data's unit, skill over naive, and what they cost. */
export function compareFacts(pair: Pair): readonly ComparedFact[] {
  const of = (name: string, read: (details: RunDetails) => number | null | undefined, print: (value: number | null | undefined) => string, wins: 'low' | 'high' | 'none'): ComparedFact => {
    const [first, second] = [read(pair[0]), read(pair[1])];
    return { name, values: [print(first), print(second)], better: wins === 'none' ? null : betterOf(first, second, wins) };
  };
  const facts: readonly ComparedFact[] = [
    of('mse', ({ summary }) => summary.score?.mse, printNumber, 'low'),
    of('mae', ({ summary }) => summary.score?.mae, printNumber, 'low'),
    { ...of('skill over naive', ({ summary }) => summary.skill, printPercent, 'high'), ...skillsApart(pair) },
    of('best validation loss (scaled)', ({ report }) => report?.bestLoss, printNumber, 'none'),
    { name: 'epochs', values: [epochsInWords(pair[0].summary), epochsInWords(pair[1].summary)], better: null },
    of('best epoch', ({ report }) => report?.bestEpoch, printCountOrNone, 'none'),
    of('training time', ({ summary }) => summary.seconds, (value) => printDuration(value ?? null), 'low'),
    of('per step', ({ report }) => report?.msPerStep, (value) => printStepTime(value ?? null), 'low'),
    of('trainable weights', ({ summary }) => summary.parameters, printCountOrNone, 'none'),
    of('seed', ({ summary }) => summary.seed, (value) => String(value ?? ''), 'none'),
  ];
  return facts.map((fact) => (fact.values[0] === fact.values[1] ? { ...fact, better: null } : fact));
}

/** Both skills with as many digits as tell them apart. */
function skillsApart([first, second]: Pair): Pick<ComparedFact, 'values'> | null {
  if (first.summary.skill === null || second.summary.skill === null) return null;
  const [before = '', after = ''] = printPercents([first.summary.skill, second.summary.skill]);
  return { values: [`${before}\u00a0%`, `${after}\u00a0%`] };
}

function printCountOrNone(value: number | null | undefined): string {
  return value === null || value === undefined ? printNumber(null) : printCount(value);
}

function betterOf(first: number | null | undefined, second: number | null | undefined, wins: 'low' | 'high'): 0 | 1 | null {
  if (first === null || first === undefined || second === null || second === undefined || !(first < second || first > second)) return null;
  return first < second === (wins === 'low') ? 0 : 1;
}

/**
 * Validation loss over epochs of both runs, in scaled units (training loss where a run has no validation part). Runs whose data
 * are scaled in another way have other units: then only the shapes can be compared.
 */
export function comparedCurves(pair: Pair): { readonly data: AlignedColumns; readonly lines: readonly ChartLine[] } {
  const columns = pair.map(({ history }) => ({
    x: history.map(({ epoch }) => epoch),
    y: history.map(({ validationLoss, trainingLoss }) => validationLoss ?? trainingLoss),
  }));
  return {
    data: alignColumns(columns),
    lines: comparedLines,
  };
}

/** The runs marked for comparison after one was marked or unmarked: at most two, the oldest mark gives way. */
export function markRun<Run>(marked: readonly Run[], run: Run): readonly Run[] {
  return marked.includes(run) ? marked.filter((other) => other !== run) : [...marked, run].slice(-2);
}
