import type { LaneView } from '../scan-kernel/emit-program.ts';
import { everyWindow, reversedWindow, spreadWindow, wholeWindow, windowFrom } from '../scan-kernel/step-windows.ts';
import { ofInteger } from './graph-node.ts';
import type { GraphScope, GraphTensor } from './graph-scope.ts';

/** A sequence in the scan kernel's own layout: a part of a tensor [blocks, slots, slotRows, lanes]. */
export interface LaneSequence {
  readonly tensor: GraphTensor;
  readonly slotRows: number;
  readonly slots: number;
  readonly steps: number;
  readonly view: LaneView;
}

/** A plain tensor, [steps, batch, rows] or, where `batchFirst`, [batch, steps, rows], brought into lanes once in a scope. */
export function toLanes(scope: GraphScope, plain: GraphTensor, batchFirst: boolean, steps: number, rows: number): LaneSequence {
  const tensor = scope.once(`lanes ${batchFirst ? 'of series' : 'of steps'}`, plain, () =>
    scope.add('UnrollToLanes', [plain], 'float32', { batch_first: ofInteger(Number(batchFirst)) }));
  return { tensor, slotRows: rows, slots: steps, steps, view: { row: 0, rows, ...wholeWindow(steps) } };
}

/** The sequence as a plain tensor of either axis order. */
export function fromLanes(scope: GraphScope, lanes: LaneSequence, batchFirst: boolean): GraphTensor {
  const { tensor, steps, view } = lanes;
  return scope.once(`plain ${Number(batchFirst)} ${steps} ${JSON.stringify(view)}`, tensor, () =>
    scope.add('UnrollFromLanes', [scope.batch(), tensor], 'float32', {
      batch_first: ofInteger(Number(batchFirst)),
      steps: ofInteger(steps),
      offset: ofInteger(view.offset),
      first: ofInteger(view.first),
      end: ofInteger(view.end),
      stride: ofInteger(view.stride),
      dilation: ofInteger(view.dilation),
      first_row: ofInteger(view.row),
      rows: ofInteger(view.rows),
    }));
}

/** Steps `start` to `start + length − 1` of a sequence; those outside are zeros. Nothing moves: others read it elsewhere. */
export function stepsFrom(lanes: LaneSequence, start: number, length: number): LaneSequence {
  return { ...lanes, steps: length, view: { ...lanes.view, ...windowFrom(lanes.view, start, length) } };
}

/** Of every `stride` neighbouring steps the one in place `place`. */
export function everyStep(lanes: LaneSequence, stride: number, place: number): LaneSequence {
  const steps = lanes.steps / stride;
  return { ...lanes, steps, view: { ...lanes.view, ...everyWindow(lanes.view, stride, place, steps) } };
}

/** Each step in place `place` of `dilation` neighbours, the others zeros; undefined where it cannot be read so. */
export function spreadSteps(lanes: LaneSequence, dilation: number, place: number): LaneSequence | undefined {
  const spread = spreadWindow(lanes.view, dilation, place);
  return spread && { ...lanes, steps: lanes.steps * dilation, view: { ...lanes.view, ...spread } };
}

/** The last step first. */
export function reversedSteps(lanes: LaneSequence): LaneSequence {
  return { ...lanes, view: { ...lanes.view, ...reversedWindow(lanes.view, lanes.steps) } };
}

/** Some of a sequence's features. */
export function featuresFrom(lanes: LaneSequence, start: number, length: number): LaneSequence {
  return { ...lanes, view: { ...lanes.view, row: lanes.view.row + start, rows: length } };
}
