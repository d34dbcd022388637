import type { LaneView } from '../scan-kernel/emit-program.ts';
import { ofInteger } from './graph-node.ts';
import type { GraphScope, GraphTensor } from './graph-scope.ts';

/** A sequence in the scan kernel's own layout: a part of a tensor [blocks, steps + history, slotRows, lanes]. */
export interface LaneSequence {
  readonly tensor: GraphTensor;
  readonly slotRows: number;
  readonly history: 0 | 1;
  readonly steps: number;
  readonly view: LaneView;
}

/** A plain tensor, [steps, batch, rows] or, where `batchFirst`, [batch, steps, rows], brought into lanes once in a scope. */
export function toLanes(scope: GraphScope, plain: GraphTensor, batchFirst: boolean, steps: number, rows: number): LaneSequence {
  const tensor = scope.once(`lanes ${batchFirst ? 'of series' : 'of steps'}`, plain, () =>
    scope.add('UnrollToLanes', [plain], 'float32', { batch_first: ofInteger(Number(batchFirst)) }));
  return { tensor, slotRows: rows, history: 0, steps, view: { row: 0, rows, timeOffset: 0 } };
}

/** The sequence as a plain tensor of either axis order. */
export function fromLanes(scope: GraphScope, lanes: LaneSequence, batchFirst: boolean): GraphTensor {
  const { tensor, history, steps, view } = lanes;
  return scope.once(`plain ${Number(batchFirst)} ${view.row} ${view.rows} ${view.timeOffset}`, tensor, () =>
    scope.add('UnrollFromLanes', [scope.batch(), tensor], 'float32', {
      batch_first: ofInteger(Number(batchFirst)),
      steps: ofInteger(steps),
      history: ofInteger(history),
      first_slot: ofInteger(view.timeOffset),
      first_row: ofInteger(view.row),
      rows: ofInteger(view.rows),
    }));
}
