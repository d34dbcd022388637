import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { fail, succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { setParameter } from '../params/parse-parameters.ts';
import { abs, broadcast, matmul, relu, reshape, scalar, slice, subtract } from '../program/expressions.ts';
import { sequenceShape } from '../shapes/shape.ts';
import { constantSize, knownSize, productOfSizes } from '../shapes/size.ts';
import { knownSteps, layerInputs, layerOutputs, outputsOf } from './layer-ports.ts';
import type { LayerNodeType, ShapeContext } from './node-type.ts';
import { sequenceInput } from './sequence-input.ts';
import { windowCategories } from './window-categories.ts';

const parameters = {
  inputDimension: {
    kind: 'integer', label: 'Input dimension', unit: 'categories', minimum: 1, maximum: 1_000, default: 10,
    doc: 'How many categories there are: at least as many as the column has.',
  },
  outputDimension: {
    kind: 'integer', label: 'Output dimension', unit: 'features', minimum: 1, maximum: 1_000, default: 4,
    doc: 'Length of the vector that stands for a category.',
  },
  fromLast: {
    kind: 'integer', label: 'Feature from the last', unit: '', minimum: 1, maximum: 10_000, default: 1,
    doc: 'Which feature of the Window holds the category, counted back from the last one: 1 is the last. Categories follow the columns in the order in which the Window names them.',
  },
} as const satisfies ParameterDeclarations;

type Context = ShapeContext<typeof parameters>;

/** A learned vector for each category. Shapes: (batch, time, feature) → (batch, time, output dimension). */
export const embeddingNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'embedding',
  title: 'Embedding',
  category: 'dense',
  summary: 'A learned vector for each category: day of week, month, or a column of words.',
  equation: 'yₜ = E[xₜ],  E: one row for each category',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads one feature of (batch, time, feature), whole numbers from 0, and gives (batch, time, output dimension).',
  errors: 'It reads a Window that gives categories, and has a row for each of them. A category that the training data did not have is refused where data are read, with its row and column.',
  source: {
    author: 'Y. Bengio, R. Ducharme, P. Vincent, C. Jauvin',
    year: 2003,
    title: 'A neural probabilistic language model',
    link: 'https://www.jmlr.org/papers/v3/bengio03a.html',
  },
  shape: (context) => {
    const sequence = sequenceInput(context);
    if (!sequence.ok) return sequence;
    const { facts, time, features } = sequence.value;
    const known = knownSize(features);
    const faults = categoryFaults(context);
    if (faults.length > 0) return fail(...faults);
    const { fromLast, outputDimension } = context.parameters;
    if (known !== undefined && fromLast > known) return fail(noSuchFeature(context));
    return succeed(outputsOf(facts, sequenceShape(time, constantSize(outputDimension))));
  },
  // Keras draws embeddings from −0.05 to 0.05.
  weights: ({ parameters: { inputDimension, outputDimension } }) => [{ name: 'embeddings', shape: [inputDimension, outputDimension], initializer: 'random_uniform' }],
  multiplyAdds: (context) => knownSteps(context) * context.parameters.inputDimension * context.parameters.outputDimension,
  forward: ({ builder, weight, parameters: { inputDimension, outputDimension, fromLast }, inputs }) => {
    const input = inputs['inputs']!;
    const [batch, time, features] = input.shape;
    const index = slice(builder, input, 2, knownSize(features!)! - fromLast, 1);
    // One-hot: max(0, 1 − |x − k|) is 1 at the category's own number and 0 at every other.
    const numbers = builder.emitOne('constant', [], { type: 'float', shape: [constantSize(inputDimension)], values: Array.from({ length: inputDimension }, (_, own) => own) });
    const rows = productOfSizes([batch!, time!]);
    const wide = broadcast(builder, reshape(builder, index, [rows, constantSize(1)]), [rows, constantSize(inputDimension)]);
    const oneHot = relu(builder, subtract(builder, scalar(builder, 1), abs(builder, subtract(builder, wide, numbers))));
    return { outputs: reshape(builder, matmul(builder, oneHot, weight('embeddings')), [batch!, time!, constantSize(outputDimension)]) };
  },
  keras: null,
  kerasOtherwise: {
    kind: 'sequence',
    layers: ({ inputDimension, outputDimension, fromLast }, { inputs }) => {
      const [, steps, features] = inputs!.map(({ size }) => knownSize(size));
      return [
        { className: 'Permute', config: { dims: [2, 1] } },
        { className: 'Cropping1D', config: { cropping: [features! - fromLast, fromLast - 1] } },
        { className: 'Reshape', config: { target_shape: [steps!] } },
        { className: 'Embedding', config: { input_dim: inputDimension, output_dim: outputDimension, embeddings_initializer: 'uniform' } },
      ];
    },
    weightOrder: () => ['embeddings'],
  },
};

/** What of the Window above stands in the way; nothing where nobody knows what feeds the layer. */
function categoryFaults(context: Context): readonly Diagnostic[] {
  const feeder = context.feeders['inputs'];
  if (feeder === undefined) return [];
  const { label, node } = context;
  const where = { kind: 'node', node, port: 'inputs' } as const;
  const { inputDimension, fromLast } = context.parameters;
  const categories = windowCategories(feeder);
  if (categories === null) return [diagnose('embedding-needs-window', where, { label, feeder: feeder.label })];
  if (categories.length === 0) return [diagnose('window-without-categories', where, { label, window: feeder.label })];
  const category = categories.at(-fromLast);
  if (category === undefined) {
    const names = categories.map(({ name }) => name);
    return [diagnose('not-a-category', { kind: 'node', node, parameter: 'fromLast' }, { label, fromLast, window: feeder.label, names }, [setParameter(context, 'fromLast', 1)])];
  }
  if (category.classes === null || category.classes <= inputDimension) return [];
  const facts = { label, inputDimension, name: category.name, count: category.classes };
  return [diagnose('too-many-categories', { kind: 'node', node, parameter: 'inputDimension' }, facts, [setParameter(context, 'inputDimension', category.classes)])];
}

function noSuchFeature(context: Context): Diagnostic {
  const { node, label } = context;
  return diagnose('not-a-category', { kind: 'node', node, parameter: 'fromLast' }, { label, fromLast: context.parameters.fromLast, window: 'its input', names: [] }, []);
}
