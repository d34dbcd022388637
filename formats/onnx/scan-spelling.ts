import type { Body } from '../../core/program/instruction.ts';
import { partsOfScan } from '../../core/program/operations/scan.ts';
import type { TensorShape, Value } from '../../core/program/value.ts';
import { knownSize, printSize } from '../../core/shapes/size.ts';
import type { OnnxValue } from './onnx-schema.ts';
import { ofInteger, ofIntegers } from './onnx-scope.ts';
import type { OnnxScope } from './onnx-scope.ts';
import type { OnnxSite } from './onnx-site.ts';

type BodySpeller = (scope: OnnxScope, body: Body, inputs: readonly string[]) => readonly string[];

/** A recurrence as ONNX's Scan: its body is a graph of one time step, which sees what stays the same from outside. */
export function spellScan({ scope, attributes, operands }: OnnxSite<'scan'>, spellBody: BodySpeller): readonly string[] {
  const { body, stateCount, backwards } = attributes;
  const given = partsOfScan(attributes, operands);
  const inside = partsOfScan(attributes, body.inputs.map((id) => body.values[id]!));
  const step = scope.inner();
  // ONNX's Scan wants something to go along: where nothing does, a zero a step.
  const isBlind = given.sequences.length === 0;
  const sequences = isBlind ? [scope.add('Expand', [scope.number(0), scope.shape([attributes.steps])], {}, 'steps')] : given.sequences;

  const states = inside.states.map((state, index) => describe(step, state, `state_${index}`));
  const elements: readonly OnnxValue[] = isBlind
    ? [{ name: step.freshName('step'), element: 'float', shape: [] }]
    : inside.sequences.map((element, index) => describe(step, element, element.origin?.name.replaceAll(' ', '_') ?? `input_${index}`));
  const read = [...(isBlind ? [] : elements.map(({ name }) => name)), ...states.map(({ name }) => name), ...given.invariants];
  const results = spellBody(step, body, read).map((name, index): OnnxValue => {
    const type = body.values[body.outputs[index]!]!;
    // A graph names each of its outputs once, and none of them like an input.
    const own = step.add('Identity', [name], {}, index < stateCount ? `next_state_${index}` : `output_${index - stateCount}`);
    return { name: own, element: type.type, shape: sizesOf(type.shape) };
  });
  const graph = step.finish('time_step', [...states, ...elements], results);
  const direction = Number(backwards);
  return scope.addList('Scan', [...given.states, ...sequences], results.length, {
    body: { kind: 'graph', graph },
    num_scan_inputs: ofInteger(sequences.length),
    scan_input_directions: ofIntegers(sequences.map(() => direction)),
    ...(results.length > stateCount ? { scan_output_directions: ofIntegers(results.slice(stateCount).map(() => direction)) } : {}),
  });
}

function describe(scope: OnnxScope, value: Value, called: string): OnnxValue {
  return { name: scope.freshName(called), element: value.type, shape: sizesOf(value.shape) };
}

/** Sizes with a word for what depends on the batch. */
function sizesOf(shape: TensorShape): readonly (number | string)[] {
  return shape.map((size) => knownSize(size) ?? printSize(size));
}
