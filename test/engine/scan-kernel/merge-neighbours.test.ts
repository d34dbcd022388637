import { expect, test } from 'vitest';
import { mergeNeighbours } from '../../../engine/scan-kernel/merge-neighbours.ts';
import { bases } from '../../../engine/scan-kernel/scan-program.ts';
import type { ScanInstruction } from '../../../engine/scan-kernel/scan-program.ts';

const twoRows = (d: number, a: number): ScanInstruction => ({
  opcode: 'tanh', rows: 2, d: { base: bases.scratch, row: d, stride: 1 }, a: { base: bases.scratch, row: a, stride: 1 },
});

test('two gates side by side become one instruction', () => {
  expect(mergeNeighbours([twoRows(4, 0), twoRows(6, 2)])).toEqual([{ ...twoRows(4, 0), rows: 4 }]);
});

test('in place they do as well', () => {
  expect(mergeNeighbours([twoRows(0, 0), twoRows(2, 2)])).toEqual([{ ...twoRows(0, 0), rows: 4 }]);
});

test('not where the second reads what the first wrote', () => {
  expect(mergeNeighbours([twoRows(2, 0), twoRows(4, 2)])).toHaveLength(2);
});

// Found by random graph 376: an LSTM with linear gates over a sequence that shares its tensor.
test('nor where the second writes over what the first read: one instruction would overlap itself', () => {
  expect(mergeNeighbours([twoRows(0, 2), twoRows(2, 4)])).toHaveLength(2);
});
