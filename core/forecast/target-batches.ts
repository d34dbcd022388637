import type { BatchSource } from './batch-source.ts';
import { windowLevels } from './batch-inputs.ts';
import { writeTargets } from './batch-targets.ts';
import type { HiddenValues } from './hidden-values.ts';
import { labelIndex, type SeriesLabel } from './series-labels.ts';
import { scale, type Scaler } from './scaler.ts';
import { valueIndex, type SeriesTable } from './series-table.ts';
import { inputWidth, type Samples } from './windows.ts';

/** What one target of a model is fed: sizes of one sample, and how samples are written one after the other. */
export interface TargetBatches {
  /** Without the batch axis. */
  readonly targetShape: readonly number[];
  readonly weightShape: readonly number[];
  /** `hidden`: what is hidden of these picks; nothing where it is null or left out. */
  readonly write: (samples: Samples, picks: ArrayLike<number>, targets: Float32Array, weights: Float32Array, hidden?: HiddenValues | null) => void;
  /** Weights of a sample that depend on what is hidden of it. */
  readonly weightsVary?: boolean;
}

/** scaled = (value − offset) / factor. */
export interface LabelScale {
  readonly offset: number;
  readonly factor: number;
}

/** Everything that the entries of a model are fed from samples. */
export interface SampleFeeds {
  readonly inputs: BatchSource;
  /** Whether known values are hidden in training and judging. */
  readonly hides: boolean;
  /** Numbers of the whole series, where a layer reads them. */
  readonly labels: LabelInputs | null;
  /** In the order of the model's targets. */
  readonly targets: readonly TargetBatches[];
}

export interface LabelInputs {
  readonly width: number;
  readonly write: (samples: Samples, picks: ArrayLike<number>, values: Float32Array) => void;
}

/** The feeds of a model that only forecasts. */
export function forecastFeeds(source: BatchSource): SampleFeeds {
  return { inputs: source, hides: false, labels: null, targets: [forecastTargets(source)] };
}

/** The horizon of chosen columns: (horizon × columns), or that at every time step of the window. */
export function forecastTargets(source: BatchSource): TargetBatches {
  const { window, horizon, targetColumns, sequenceTargets } = source.settings;
  const width = horizon * targetColumns.length;
  const shape = sequenceTargets ? [window, width] : [width];
  return { targetShape: shape, weightShape: shape, write: (samples, picks, targets, weights) => writeTargets(source, samples, picks, targets, weights) };
}

/**
 * The values of chosen columns (positions in the table) at every time step of the window, scaled, about the level of their window
 * where windows are centred: weight 1 where hidden, `visibleWeight` where known and not hidden, 0 where missing.
 */
export function imputeTargets(source: BatchSource, columns: readonly number[], visibleWeight: number): TargetBatches {
  const { settings: { window, inputColumns, hide }, table, inputs } = source;
  const width = columns.length;
  const count = inputColumns.length;
  const features = inputWidth(source.settings);
  const places = columns.map((column) => inputColumns.indexOf(column));
  return {
    targetShape: [window, width],
    weightShape: [window, width],
    weightsVary: true,
    write: (samples, picks, targets, weights, hidden = null) => {
      const levels = hide?.centers === true ? windowLevels(source, samples, picks, hidden) : null;
      let to = 0;
      for (let sample = 0; sample < picks.length; sample += 1) {
        const pick = picks[sample]!;
        const firstRow = samples.series[pick]! * table.steps + samples.origin[pick]! + 1 - window;
        for (let step = 0; step < window; step += 1) {
          for (let position = 0; position < width; position += 1) {
            const start = (firstRow + step) * features;
            const feature = places[position]!;
            const isKnown = inputs[start + count + feature] === 1;
            const isHidden = hidden !== null && hidden[(sample * window + step) * table.columns.length + columns[position]!] === 1;
            targets[to] = isKnown ? inputs[start + feature]! - (levels === null ? 0 : levels[sample * count + feature]!) : 0;
            weights[to] = isHidden ? 1 : isKnown ? visibleWeight : 0;
            to += 1;
          }
        }
      }
    },
  };
}

/** The values of chosen columns (positions in the table) at every time step of the window, scaled: weight 1 where known. */
export function windowTargets(table: SeriesTable, window: number, columns: readonly number[], scaler: Scaler): TargetBatches {
  const width = columns.length;
  return {
    targetShape: [window, width],
    weightShape: [window, width],
    write: (samples, picks, targets, weights) => {
      let to = 0;
      for (let sample = 0; sample < picks.length; sample += 1) {
        const pick = picks[sample]!;
        const firstRow = samples.origin[pick]! + 1 - window;
        for (let step = 0; step < window; step += 1) {
          for (const column of columns) {
            const from = valueIndex(table, samples.series[pick]!, firstRow + step, column);
            weights[to] = table.observed[from]!;
            targets[to] = weights[to] === 1 ? scale(scaler, column, table.values[from]!) : 0;
            to += 1;
          }
        }
      }
    },
  };
}

/**
 * The class of each sample at its origin. `outputs` is the number of classes, one of which is 1 (or 1 for two classes: 1 where it
 * is the second). The weight is that of its class, 0 where the class is missing.
 */
export function classTargets(table: SeriesTable, label: SeriesLabel, outputs: number, classWeights: readonly number[]): TargetBatches {
  const { classes } = label;
  if (classes === null) throw new RangeError(`the label "${label.name}" names no classes`);
  return {
    targetShape: [outputs],
    weightShape: [1],
    write: (samples, picks, targets, weights) => {
      targets.fill(0, 0, picks.length * outputs);
      for (let sample = 0; sample < picks.length; sample += 1) {
        const pick = picks[sample]!;
        const index = classes.indices[labelIndex(label, table, samples.series[pick]!, samples.origin[pick]!)]!;
        weights[sample] = index < 0 ? 0 : classWeights[index]!;
        if (outputs === 1) targets[sample] = index === 1 ? 1 : 0;
        else if (index >= 0) targets[sample * outputs + index] = 1;
      }
    },
  };
}

/** The numbers of each sample at its origin, scaled label by label; weight 0 where one is missing. */
export function numberTargets(table: SeriesTable, labels: readonly SeriesLabel[], scales: readonly LabelScale[]): TargetBatches {
  const width = labels.length;
  return {
    targetShape: [width],
    weightShape: [width],
    write: (samples, picks, targets, weights) => {
      for (let sample = 0; sample < picks.length; sample += 1) {
        labels.forEach((label, position) => {
          const value = numberAt(label, table, samples, picks[sample]!);
          const { offset, factor } = scales[position]!;
          targets[sample * width + position] = Number.isNaN(value) ? 0 : (value - offset) / factor;
          weights[sample * width + position] = Number.isNaN(value) ? 0 : 1;
        });
      }
    },
  };
}

/** A number of the sample at position `pick`, in the data's unit; NaN where missing. */
export function numberAt(label: SeriesLabel, table: SeriesTable, samples: Samples, pick: number): number {
  return label.numbers?.[labelIndex(label, table, samples.series[pick]!, samples.origin[pick]!)] ?? Number.NaN;
}

/** The class of the sample at position `pick`; −1 where missing. */
export function classAt(label: SeriesLabel, table: SeriesTable, samples: Samples, pick: number): number {
  return label.classes?.indices[labelIndex(label, table, samples.series[pick]!, samples.origin[pick]!)] ?? -1;
}

/** How often each class occurs among the samples. */
export function classCounts(label: SeriesLabel, table: SeriesTable, samples: Samples): readonly number[] {
  const counts = (label.classes?.names ?? []).map(() => 0);
  for (let pick = 0; pick < samples.count; pick += 1) {
    const index = classAt(label, table, samples, pick);
    if (index >= 0) counts[index]! += 1;
  }
  return counts;
}

/** Mean and (population) standard deviation of a label over the samples; a constant one is only shifted. */
export function labelScale(label: SeriesLabel, table: SeriesTable, samples: Samples): LabelScale {
  const values = Array.from({ length: samples.count }, (_, pick) => numberAt(label, table, samples, pick)).filter((value) => !Number.isNaN(value));
  if (values.length === 0) return { offset: 0, factor: 1 };
  const offset = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - offset) ** 2, 0) / values.length);
  return { offset, factor: deviation > 1e-12 * Math.max(1, Math.abs(offset)) ? deviation : 1 };
}
