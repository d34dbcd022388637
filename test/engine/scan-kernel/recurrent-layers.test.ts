import { expect, it } from 'vitest';
import { layerType } from '../../../core/nodes/catalog.ts';
import { eliminateDeadCode } from '../../../core/program/passes/eliminate-dead-code.ts';
import { simplify } from '../../../core/program/passes/simplify.ts';
import { kernelRefusal } from '../../../engine/tensorflow/scan-kernel-spelling.ts';
import { goldenBody, layerGoldens } from '../../golden/layer-goldens.ts';

it('the kernel takes every recurrent layer of the golden cases, forwards and backwards: two directions, wired states and dropout included', () => {
  const refused = layerGoldens.filter(({ type }) => layerType(type).category === 'recurrent').flatMap((golden) => {
    const body = eliminateDeadCode(simplify(goldenBody(golden).body));
    const reasons = body.instructions.flatMap((instruction) => (instruction.kind === 'scan' ? [kernelRefusal(instruction.attributes)] : []));
    expect(reasons).not.toEqual([]);
    return reasons.some((reason) => reason !== undefined) ? [{ type: golden.type, parameters: golden.parameters, reasons }] : [];
  });
  expect(refused).toEqual([]);
});
