import type { BatchSource } from './batch-source.ts';
import { demandLength } from './demand-length.ts';
import type { HiddenValues } from './hidden-values.ts';
import { inputWidth, type Samples } from './windows.ts';

/** Longer runs of numbers are copied as one: for shorter ones, making ready for it takes longer than copying. */
const longRun = 200;

/**
 * Fills `inputs` [batch, window time, feature] with the samples at the positions `picks`; a longer array keeps its tail. What is
 * hidden (of these picks) is 0, and so is its mask. Throws RangeError where the array is too short.
 */
export function writeInputs(source: BatchSource, samples: Samples, picks: ArrayLike<number>, inputs: Float32Array, hidden: HiddenValues | null = null): void {
  const { window } = source.settings;
  const width = inputWidth(source.settings);
  const length = window * width;
  demandLength(inputs, picks.length * length, 'inputs');
  const from = source.inputs;
  for (let sample = 0; sample < picks.length; sample += 1) {
    const pick = picks[sample]!;
    const firstRow = samples.series[pick]! * source.table.steps + samples.origin[pick]! + 1 - window;
    const start = firstRow * width;
    const to = sample * length;
    if (length > longRun) {
      inputs.set(from.subarray(start, start + length), to);
      continue;
    }
    for (let position = 0; position < length; position += 1) inputs[to + position] = from[start + position]!;
  }
  if (hidden !== null) hideInputs(source, inputs, hidden);
  if (source.settings.hide?.centers === true) centerInputs(source, inputs, windowLevels(source, samples, picks, hidden));
}

function hideInputs({ settings, table }: BatchSource, inputs: Float32Array, hidden: HiddenValues): void {
  const { inputColumns, mask } = settings;
  const width = inputWidth(settings);
  const columns = table.columns.length;
  for (let row = 0; row < hidden.length / columns; row += 1) {
    inputColumns.forEach((column, feature) => {
      if (hidden[row * columns + column] !== 1) return;
      inputs[row * width + feature] = 0;
      if (mask) inputs[row * width + inputColumns.length + feature] = 0;
    });
  }
}

/** The mean of what is visible in each sample, [sample, input column], in scaled units; 0 where nothing is. The windows have masks. */
export function windowLevels({ settings, table, inputs }: BatchSource, samples: Samples, picks: ArrayLike<number>, hidden: HiddenValues | null): Float64Array {
  const { window, inputColumns } = settings;
  const count = inputColumns.length;
  const width = inputWidth(settings);
  const levels = new Float64Array(picks.length * count);
  for (let sample = 0; sample < picks.length; sample += 1) {
    const pick = picks[sample]!;
    const firstRow = samples.series[pick]! * table.steps + samples.origin[pick]! + 1 - window;
    inputColumns.forEach((column, feature) => {
      let sum = 0;
      let visible = 0;
      for (let step = 0; step < window; step += 1) {
        const start = (firstRow + step) * width;
        const isHidden = hidden !== null && hidden[(sample * window + step) * table.columns.length + column] === 1;
        if (isHidden || inputs[start + count + feature] === 0) continue;
        sum += inputs[start + feature]!;
        visible += 1;
      }
      levels[sample * count + feature] = visible === 0 ? 0 : sum / visible;
    });
  }
  return levels;
}

/** Takes the level of each sample from its visible values. */
function centerInputs({ settings }: BatchSource, inputs: Float32Array, levels: Float64Array): void {
  const { window, inputColumns } = settings;
  const count = inputColumns.length;
  const width = inputWidth(settings);
  for (let sample = 0; sample < levels.length / count; sample += 1) {
    for (let step = 0; step < window; step += 1) {
      const start = (sample * window + step) * width;
      for (let feature = 0; feature < count; feature += 1) {
        if (inputs[start + count + feature] === 1) inputs[start + feature]! -= levels[sample * count + feature]!;
      }
    }
  }
}
