import { expect, test } from 'vitest';
import { greater, multiply, scalar, select, square, subtract } from '../../../core/program/expressions.ts';
import type { Value } from '../../../core/program/value.ts';
import { batchSize, constantSize } from '../../../core/shapes/size.ts';
import { spellProgram } from '../../../engine/tensorflow/program-graph.ts';
import { defaultSpellingSettings } from '../../../engine/tensorflow/scan-spelling.ts';
import { bodyCase, referenceOf } from '../../support/body-case.ts';
import type { CaseMaker } from '../../support/body-case.ts';
import { expectClose } from '../../support/expect-close.ts';
import { programOf, runOnTensorFlow, testBackend } from '../../support/run-on-tensorflow.ts';

const row = [batchSize, constantSize(3)];
type Formula = (maker: CaseMaker, result: Value, arriving: Value) => readonly Value[];

const oneMinus = ({ builder }: CaseMaker, value: Value): Value => subtract(builder, scalar(builder, 1), value);

test.each<readonly [string, Formula, readonly string[]]>([
  ['dy · (y · (1 − y))', (maker, y, dy) => [multiply(maker.builder, dy, multiply(maker.builder, y, oneMinus(maker, y)))], ['SigmoidGrad']],
  ['((1 − y) · y) · dy', (maker, y, dy) => [multiply(maker.builder, multiply(maker.builder, oneMinus(maker, y), y), dy)], ['SigmoidGrad']],
  ['dy · (1 − y²)', (maker, y, dy) => [multiply(maker.builder, dy, oneMinus(maker, square(maker.builder, y)))], ['TanhGrad']],
  ['dy · (y · (1 − y)), and 1 − y itself', (maker, y, dy) => {
    const rest = oneMinus(maker, y);
    return [multiply(maker.builder, dy, multiply(maker.builder, y, rest)), rest];
  }, ['Sub', 'SigmoidGrad']],
  ['dy where y > 0', ({ builder }, y, dy) => [select(builder, greater(builder, y, scalar(builder, 0)), dy, scalar(builder, 0))], ['ReluGrad']],
  ['dy where y > 1', ({ builder }, y, dy) => [select(builder, greater(builder, y, scalar(builder, 1)), dy, scalar(builder, 0))], ['Greater', 'SelectV2']],
  ['y > 0 ? number : 0', (maker, y) => [select(maker.builder, greater(maker.builder, y, scalar(maker.builder, 0)), maker.input('float', []), scalar(maker.builder, 0))], ['Greater', 'SelectV2']],
  ['dy · (y · (2 − y))', (maker, y, dy) => [multiply(maker.builder, dy, multiply(maker.builder, y, subtract(maker.builder, scalar(maker.builder, 2), y)))], ['Sub', 'Mul', 'Mul']],
  ['dy · (y · (1 − dy))', (maker, y, dy) => [multiply(maker.builder, dy, multiply(maker.builder, y, oneMinus(maker, dy)))], ['Sub', 'Mul', 'Mul']],
  ['number · (y · (1 − y))', (maker, y) => [multiply(maker.builder, maker.input('float', []), multiply(maker.builder, y, oneMinus(maker, y)))], ['Sub', 'Mul', 'Mul']],
])('%s', (_, formula, operations) => {
  const built = bodyCase(3, 1, (maker) => formula(maker, maker.input('float', row), maker.input('float', row)));
  const { graph } = spellProgram(programOf(built), new Set(), defaultSpellingSettings);
  const computing = graph.nodes.map((node) => node.operation).filter((operation) => /^(?:Sub|Mul|Square|Greater|SelectV2|SigmoidGrad|TanhGrad|ReluGrad)$/u.test(operation));
  expect(computing).toEqual(operations);
  expectClose(runOnTensorFlow(testBackend(), built), referenceOf(built), 1e-6);
});
