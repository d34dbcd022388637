import type { LaneView } from '../scan-kernel/emit-program.ts';
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
  return { tensor, slotRows: rows, slots: steps, steps, view: { row: 0, rows, offset: 0, first: 0, end: steps } };
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
      first_row: ofInteger(view.row),
      rows: ofInteger(view.rows),
    }));
}

/** Steps `start` to `start + length − 1` of a sequence; those outside are zeros. Nothing moves: others read it elsewhere. */
export function stepsFrom(lanes: LaneSequence, start: number, length: number): LaneSequence {
  const { view } = lanes;
  const inside = (step: number): number => Math.max(0, Math.min(length, step - start));
  const [first, end] = [inside(view.first), inside(view.end)];
  return { ...lanes, steps: length, view: { ...view, offset: view.offset + start, first, end } };
}

/** Some of a sequence's features. */
export function featuresFrom(lanes: LaneSequence, start: number, length: number): LaneSequence {
  return { ...lanes, view: { ...lanes.view, row: lanes.view.row + start, rows: length } };
}
