import path from 'node:path';
import { labelFacts } from '../../core/forecast/series-labels.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { Program } from '../../core/program/program.ts';
import type { Experiment } from '../training/prepare-experiment.ts';
import { rememberedProjectDirectory } from './run-directory.ts';
import type { RunRecord } from './run-record.ts';
import type { EngineFacts, EvaluatedPart, RunReport } from './run-report.ts';

export interface NewRun {
  readonly directory: string;
  readonly projectDirectory: string;
  readonly experiment: Experiment;
  readonly seed: number;
  readonly started: Date;
  readonly engine: EngineFacts;
  readonly versions: Readonly<Record<string, string>>;
}

/** The record of a run before its first step. */
export function newRecord({ directory, projectDirectory, experiment, seed, started, engine, versions }: NewRun): RunRecord {
  const { dataset, document, program, data } = experiment;
  return {
    format: 'unroll-run',
    version: 1,
    id: path.basename(directory),
    project: document.name,
    projectDirectory: rememberedProjectDirectory(directory, projectDirectory),
    seed,
    started: started.toISOString(),
    finished: null,
    epochs: 0,
    steps: 0,
    stepsPerEpoch: 0,
    msPerStep: null,
    stopped: 'interrupted',
    bestEpoch: 0,
    bestLoss: null,
    engine,
    parameters: parameterCount(program),
    columns: dataset.table.columns.map(({ name }) => name),
    series: { count: dataset.table.seriesCount, steps: dataset.table.steps },
    targetColumns: dataset.targetColumns,
    scaler: dataset.scaler,
    ...labelsOf(experiment),
    data,
    evaluation: {},
    versions,
  };
}

/** The labels that a model's shapes and scaling depend on. */
export function labelsOf({ dataset: { table, targets, labelScales }, model }: Experiment): Pick<RunRecord, 'labels'> {
  const { labels, categories } = model.data;
  if (labels.length + categories.length === 0 && model.targets.every(({ kind }) => kind !== 'classify' && kind !== 'regress')) return {};
  const ofTargets = targets.flatMap((target) => (target.kind === 'regress' ? target.plan.columns.map((name, position) => [name, target.scales[position]!] as const) : []));
  const scales = new Map([...labelScales, ...ofTargets]);
  return { labels: labelFacts(table.labels).map((facts) => ({ ...facts, ...(scales.has(facts.name) && { scale: scales.get(facts.name)! }) })) };
}

/** What is said of a run, with one part's evaluation where there is one. */
export function reportOf(directory: string, record: RunRecord, part: EvaluatedPart | null, warnings: readonly Diagnostic[]): RunReport {
  const { seed, epochs, steps, msPerStep, stopped, engine, parameters, bestEpoch, bestLoss } = record;
  const facts = { run: directory, seed, epochs, steps, msPerStep, stopped, engine, parameters, bestEpoch, bestLoss, warnings };
  const evaluation = part === null ? undefined : record.evaluation[part];
  if (part === null || evaluation === undefined) return facts;
  const { scores, windows: _, ...judgement } = evaluation;
  return { ...facts, [part]: scores, ...judgement };
}

/** Trainable weights of a program. */
export function parameterCount({ parameterLayout }: Program): number {
  return parameterLayout.reduce((sum, { length }) => sum + length, 0);
}
