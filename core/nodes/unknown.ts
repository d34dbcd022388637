import { succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { sequenceShape, vectorShape, type Shape } from '../shapes/shape.ts';
import { constantSize } from '../shapes/size.ts';
import { layerInputs, layerOutputs, outputsOf, tensorInput } from './layer-ports.ts';
import type { PortDeclaration, UnknownNodeType } from './node-type.ts';

const parameters = {
  className: { kind: 'text', label: 'Class', default: '', doc: 'What the layer is called where the model comes from.' },
  origin: { kind: 'text', label: 'Comes from', default: '', doc: 'The program that wrote the model.' },
  reason: { kind: 'text', label: 'Not taken over because', default: '', doc: 'What Unroll does not have of it.' },
  inputShape: {
    kind: 'numbers', label: 'Input shape', minimum: 1, maximum: 100_000_000, default: null,
    doc: 'Features, or time steps and features, of what the layer reads; none where the file does not say.',
  },
  outputShape: {
    kind: 'numbers', label: 'Output shape', minimum: 1, maximum: 100_000_000, default: null,
    doc: 'Features, or time steps and features, of what the layer gives; none where the file does not say.',
  },
  facts: { kind: 'facts', label: 'Configuration', default: [], doc: 'Its configuration, as the file says it.' },
} as const satisfies ParameterDeclarations;

const more = (names: readonly string[], doc: string): readonly PortDeclaration[] => names.map((name) => ({ name, carries: 'tensor', optional: true, doc }));

/** How many tensors an unknown layer may read and give: an import with more is refused. */
export const unknownInputs: readonly PortDeclaration[] = [...layerInputs, ...more(['second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'], 'What else the layer reads.')];
const unknownOutputs: readonly PortDeclaration[] = [...layerOutputs, ...more(['second', 'third', 'fourth'], 'What else the layer gives; its shape is not known.')];

/** Features, or time steps and features, as a shape; undefined where there are none. */
export function statedShape(sizes: readonly number[] | null): Shape | undefined {
  const [first, second] = (sizes ?? []).map(constantSize);
  if (first === undefined) return undefined;
  return second === undefined ? vectorShape(first) : sequenceShape(first, second);
}

/** A layer of another program that Unroll does not have. Shape: as the file says. */
export const unknownNode: UnknownNodeType<typeof parameters> = {
  role: 'unknown',
  type: 'unknown',
  title: 'Unknown Layer',
  category: 'unknown',
  summary: 'A layer of an imported model that Unroll does not have, with everything that its file says of it.',
  equation: 'y = ?',
  inputs: unknownInputs,
  outputs: unknownOutputs,
  parameters,
  shapes: 'Reads what it is wired to, and gives (batch, feature) or (batch, time, feature) as its file says.',
  errors: 'A model with it cannot be trained, judged or exported: put layers in its place that do the same, or take it out.',
  source: {
    author: 'F. Chollet and others',
    year: 2015,
    title: 'Keras: layers',
    link: 'https://keras.io/api/layers/',
  },
  shape: (context) => {
    const shape = statedShape(context.parameters.outputShape);
    return succeed(shape === undefined ? {} : outputsOf(tensorInput(context), shape));
  },
};
