import { BodyBuilder } from '../../core/program/body-builder.ts';
import { allAxes, reduceMean, square } from '../../core/program/expressions.ts';
import { differentiate } from '../../core/program/gradients/differentiate.ts';
import { eliminateDeadCode } from '../../core/program/passes/eliminate-dead-code.ts';
import { simplify } from '../../core/program/passes/simplify.ts';
import type { Value } from '../../core/program/value.ts';
import { bodyCase } from './body-case.ts';
import type { BodyCase, CaseMaker } from './body-case.ts';

/** A network over a sequence: a loss over its result, the result, and the loss's gradient with respect to every input. */
export function trainedCase(batch: number, build: (maker: CaseMaker) => Value): BodyCase {
  const built = bodyCase(batch, 7, (maker) => {
    const result = build(maker);
    return [reduceMean(maker.builder, square(maker.builder, result), allAxes(result)), result];
  });
  const builder = new BodyBuilder();
  const inputs = built.body.inputs.map((id) => builder.input(built.body.values[id]!.type, built.body.values[id]!.shape));
  const { outputs, gradients } = differentiate(builder, built.body, inputs, 0, inputs.flatMap(({ type }, index) => (type === 'float' && index > 0 ? [index] : [])));
  return { ...built, body: eliminateDeadCode(simplify(builder.finish([...outputs, ...gradients]))) };
}
