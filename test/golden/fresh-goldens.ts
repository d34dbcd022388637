import { layerType } from '../../core/nodes/catalog.ts';
import type { LayerNodeType } from '../../core/nodes/node-type.ts';
import type { ParameterValue } from '../../core/graph/graph-document.ts';
import { evaluateBody } from '../../core/program/reference/evaluate-body.ts';
import { contextFor, namedShape } from '../core/nodes/run-layer.ts';
import { numbers } from '../support/body-case.ts';
import { firstDifference } from '../support/first-difference.ts';
import { pick, randomParameters, wholeNumber } from '../support/random-parameters.ts';
import type { Draw } from '../support/random-parameters.ts';
import { runOnTensorFlow, testBackend } from '../support/run-on-tensorflow.ts';
import { caseName, goldenBody, layerGoldens } from './layer-goldens.ts';
import type { LayerGolden } from './layer-goldens.ts';
import { runGoldensProgram } from './python.ts';

/** A layer with its options on inputs of these shapes, in training or not: what Keras is asked. */
export type LayerCase = readonly [type: string, parameters: Readonly<Record<string, ParameterValue>>, inputs: readonly (readonly number[])[], training: boolean];

/** Types that have golden numbers, so that the Python program knows them. */
const knownTypes = [...new Set(layerGoldens.map(({ type }) => type))];
const trainedTypes = new Set(layerGoldens.filter(({ mode }) => mode === 'train').map(({ type }) => type));

/** Cases that nobody wrote down; all of them follow from the seed. */
export function freshCases(count: number, seed: number): readonly LayerCase[] {
  const draw = numbers(seed);
  return Array.from({ length: count }, () => freshCase(draw));
}

function freshCase(draw: Draw): LayerCase {
  for (;;) {
    const name = pick(knownTypes, draw);
    const type = layerType(name);
    // Keras follows gradients all the way; states that outlive a batch have golden numbers of their own.
    const parameters = { ...randomParameters(type.parameters, draw), ...('truncateAfter' in type.parameters && { truncateAfter: null }), ...('stateful' in type.parameters && { stateful: false }) };
    const required = randomShapes(type.inputs.filter((port) => port.optional !== true).length, draw);
    const inputs = [...required, ...randomStates(type, parameters, required[0]!, draw)];
    if (type.shape(contextFor(type, parameters, inputs.map(namedShape))).ok) return [name, parameters, inputs, trainedTypes.has(name) && draw() < 0.5];
  }
}

/** Vectors or sequences of the same batch; most often alike, for layers that combine them. */
function randomShapes(count: number, draw: Draw): readonly (readonly number[])[] {
  const batch = wholeNumber(1, 4, draw);
  const shape = (): readonly number[] => [batch, ...(draw() < 0.25 ? [] : [wholeNumber(1, 9, draw)]), wholeNumber(1, 5, draw)];
  const first = shape();
  return Array.from({ length: count }, (_, port) => (port === 0 || draw() < 0.8 ? first : shape()));
}

/** Initial states for a recurrent layer, every other time. */
function randomStates(type: LayerNodeType, { units, bidirectional }: LayerCase[1], [batch]: readonly number[], draw: Draw): LayerCase[2] {
  const states = type.inputs.filter((port) => port.optional === true);
  if (states.length === 0 || draw() < 0.5) return [];
  return states.map(() => [batch!, Number(units) * (bidirectional === true ? 2 : 1)]);
}

/** What Keras computes for the cases. */
export async function goldensOf(python: string, cases: readonly LayerCase[]): Promise<readonly LayerGolden[]> {
  const written = await runGoldensProgram(python, './layer-goldens.py', ['--given'], JSON.stringify(cases));
  const lines = written.trimEnd().split('\n');
  return (JSON.parse(lines.at(-1)!) as { readonly cases: readonly LayerGolden[] }).cases;
}

const backend = testBackend();

/** What differs between Keras, the float64 evaluator and the engine, in words. */
export function freshFaults(goldens: readonly LayerGolden[]): readonly string[] {
  return goldens.flatMap((golden) => {
    const built = goldenBody(golden);
    const exact = evaluateBody(built.body, built.inputs, { batch: built.batch });
    const steep = isSteep(built, exact);
    // Some of Keras's constants are float32 in float64 as well, such as the slope of leaky ReLU.
    const inFloat64 = firstDifference(exact, built.expected, steep ? 1e-5 : 1e-6);
    const inEngine = firstDifference(runOnTensorFlow(backend, built), built.expected, steep ? 1e-2 : 1e-4);
    return [
      ...(inFloat64 === null ? [] : [`${caseName(golden)}, in float64: ${inFloat64}`]),
      ...(inEngine === null ? [] : [`${caseName(golden)}, in the engine: ${inEngine}`]),
    ];
  });
}

/** Whether one float32 rounding of what goes in moves what comes out by a tenth of the tolerance: there float32 itself knows no better. */
function isSteep({ body, inputs, batch }: ReturnType<typeof goldenBody>, exact: ReturnType<typeof evaluateBody>): boolean {
  const nudged = inputs.map((input) => ({ ...input, values: input.values.map((value, position) => value * (1 + (position % 2 === 0 ? 1 : -1) * 2 ** -24)) }));
  return firstDifference(evaluateBody(body, nudged, { batch }), exact, 1e-5) !== null;
}
