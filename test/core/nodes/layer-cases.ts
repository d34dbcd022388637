import type { ParameterValue } from '../../../core/graph/graph-document.ts';
import type { LayerNodeType, NodeType } from '../../../core/nodes/node-type.ts';
import type { ParameterDeclaration } from '../../../core/params/parameter-declaration.ts';
import { sequenceShape, vectorShape, type Shape } from '../../../core/shapes/shape.ts';
import { constantSize } from '../../../core/shapes/size.ts';
import { contextFor, type InputShapes } from './run-layer.ts';

type Given = Readonly<Record<string, ParameterValue>>;

/** Values worth trying: small sizes, and every choice and switch. */
function samplesOf(declaration: ParameterDeclaration): readonly ParameterValue[] {
  switch (declaration.kind) {
    case 'integer':
      return [Math.max(declaration.minimum, 3)];
    case 'optional-integer':
      return [null, Math.max(declaration.minimum, 3)];
    case 'real':
      return [declaration.default];
    case 'switch':
      return [true, false];
    case 'choice':
      return declaration.options;
    case 'text':
      return [declaration.default];
    case 'columns':
      return [null, ['x']];
    case 'facts':
      return [[], ['key_dim: 8', 'num_heads: 2']];
    case 'numbers':
      return [null, [declaration.minimum, declaration.maximum]];
  }
}

/** A small value for an integer, so that weights are few and a layer that cuts time leaves some. */
function smallValue(declaration: ParameterDeclaration): ParameterValue {
  return declaration.kind === 'integer' ? Math.min(declaration.default, 3) : declaration.default;
}

/** The defaults with one parameter varied at a time, every value of it; not those of how weights start, at which no forward pass looks. */
export function variantsOf(type: Pick<NodeType, 'parameters'>): readonly Given[] {
  const small = Object.fromEntries(Object.entries(type.parameters).map(([name, declaration]) => [name, smallValue(declaration)]));
  const varied = Object.entries(type.parameters).filter(([, { group }]) => group !== 'advanced').flatMap(([name, declaration]) => samplesOf(declaration).map((value) => ({ ...small, [name]: value })));
  return [small, ...varied];
}

const usualShapes: readonly Shape[] = [vectorShape(constantSize(4)), sequenceShape(constantSize(9), constantSize(4))];

/** A layer's options on an input that it takes. */
export interface LayerCase {
  readonly given: Given;
  readonly shape: Shape;
}

/** Every variant on every one of the shapes that the layer takes. */
export function casesOf(type: LayerNodeType, shapes = usualShapes): readonly LayerCase[] {
  return variantsOf(type).flatMap((given) => shapes.map((shape) => ({ given, shape }))).filter(({ given, shape }) => type.shape(contextFor(type, given, shape)).ok);
}

/** Every variant with something on the inputs that may stay unwired: vectors as wide as small units make the states of one direction or two. */
export function wiredCasesOf(type: LayerNodeType): readonly { readonly given: Given; readonly shape: InputShapes }[] {
  const required = type.inputs.filter((port) => port.optional !== true);
  if (required.length === type.inputs.length) return [];
  const wired = usualShapes.flatMap((shape) => [3, 6].map((width) =>
    type.inputs.map((port) => (port.optional === true ? vectorShape(constantSize(width)) : shape))));
  return variantsOf(type).flatMap((given) => wired.map((shape) => ({ given, shape }))).filter(({ given, shape }) => type.shape(contextFor(type, given, shape)).ok);
}
