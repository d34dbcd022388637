import { describe, expect, it } from 'vitest';
import { catalog } from '../../../core/nodes/catalog.ts';
import type { LayerNodeType } from '../../../core/nodes/node-type.ts';
import { nodeId } from '../../../core/graph/identifiers.ts';
import { newNode } from '../../../core/nodes/new-node.ts';
import type { ParameterDeclaration } from '../../../core/params/parameter-declaration.ts';
import { defaultParameters, parseParameters, unknownParameters } from '../../../core/params/parse-parameters.ts';
import { sequenceShape, vectorShape, type Shape } from '../../../core/shapes/shape.ts';
import { constantSize } from '../../../core/shapes/size.ts';
import { contextFor, writeLayer, type Given } from './run-layer.ts';

const nodeTypes = [...catalog.values()];
const layers = nodeTypes.filter((type): type is LayerNodeType => type.role === 'layer');
const place = { node: nodeId('node'), label: 'Node' };

describe.each(nodeTypes.map((type) => [type.type, type] as const))('the node type %s', (name, type) => {
  it('is filed under its own name, which a document can hold', () => {
    expect(catalog.get(name)).toBe(type);
    expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/);
  });

  it('is documented', () => {
    for (const words of [type.title, type.summary, type.equation, type.shapes, type.errors, type.source.author, type.source.title]) {
      expect(words.trim()).not.toBe('');
    }
    expect(type.summary).not.toContain('\n');
    expect(type.source.link).toMatch(/^https:\/\/[^\s]+\.[^\s]+$/);
    expect(type.source.year).toBeGreaterThan(1900);
    for (const port of [...type.inputs, ...type.outputs]) expect(port.doc).not.toBe('');
    for (const declaration of Object.values(type.parameters)) {
      expect(declaration.label).not.toBe('');
      expect(declaration.doc).toMatch(/\.$/);
    }
  });

  it('has ports with names of their own', () => {
    for (const ports of [type.inputs, type.outputs]) expect(new Set(ports.map((port) => port.name)).size).toBe(ports.length);
  });

  it('has defaults that are valid and survive parsing', () => {
    const defaults = defaultParameters(type.parameters);
    expect(parseParameters(type.parameters, defaults, place)).toEqual({ ok: true, value: defaults });
    expect(parseParameters(type.parameters, {}, place)).toEqual({ ok: true, value: defaults });
    expect(unknownParameters(type.parameters, defaults, place)).toEqual([]);
    expect(newNode({ nodes: [] }, type).parameters).toEqual(defaults);
  });

  it('refuses a value of the wrong kind for every parameter', () => {
    for (const parameter of Object.keys(type.parameters)) {
      const parsed = parseParameters(type.parameters, { [parameter]: { some: 'object' } }, place);
      expect(parsed.ok ? [] : parsed.diagnostics.map(({ where }) => where)).toEqual([{ kind: 'node', node: 'node', parameter }]);
    }
  });
});

/** Values worth trying: small sizes, and every choice and switch. */
function samplesOf(declaration: ParameterDeclaration): readonly unknown[] {
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
    case 'numbers':
      return [null, [declaration.minimum, declaration.maximum]];
  }
}

/** A small value for an integer, so that weights are few and a layer that cuts time leaves some. */
function smallValue(declaration: ParameterDeclaration): unknown {
  return declaration.kind === 'integer' ? Math.min(declaration.default, 3) : declaration.default;
}

/** The defaults with one parameter varied at a time, every value of it. */
function variantsOf(type: LayerNodeType): readonly Given[] {
  const small = Object.fromEntries(Object.entries(type.parameters).map(([name, declaration]) => [name, smallValue(declaration)]));
  const varied = Object.entries(type.parameters).flatMap(([name, declaration]) => samplesOf(declaration).map((value) => ({ ...small, [name]: value })));
  return [small, ...varied];
}

const shapes: readonly Shape[] = [vectorShape(constantSize(4)), sequenceShape(constantSize(9), constantSize(4))];

/** Every variant on every shape that the layer takes. */
function casesOf(type: LayerNodeType): readonly { readonly given: Given; readonly shape: Shape }[] {
  return variantsOf(type).flatMap((given) => shapes.map((shape) => ({ given, shape }))).filter(({ given, shape }) => type.shape(contextFor(type, given, shape)).ok);
}

describe.each(layers.map((type) => [type.type, type] as const))('the layer %s', (_, type) => {
  it('takes sequences or vectors', () => {
    expect(casesOf(type)).not.toEqual([]);
  });

  it('computes values of the shapes that its shape rule says, in every mode', () => {
    for (const { given, shape } of casesOf(type)) {
      const ruled = type.shape(contextFor(type, given, shape));
      if (!ruled.ok) throw new Error('a case has a sound shape');
      for (const mode of ['train', 'evaluate', 'predict', 'sample'] as const) {
        const { outputs } = writeLayer(type, given, shape, mode);
        expect(Object.keys(outputs)).toEqual(type.outputs.map((port) => port.name));
        for (const [port, value] of Object.entries(outputs)) {
          const facts = ruled.value[port];
          const ruledShape = facts?.kind === 'tensor' ? facts.shape.map((axis) => axis.size) : undefined;
          expect({ given, mode, port, shape: value.shape }).toEqual({ given, mode, port, shape: ruledShape });
        }
      }
    }
  });

  it('uses every weight that it declares, under a name of its own', () => {
    for (const { given, shape } of casesOf(type)) {
      const { body, weights, weightValues } = writeLayer(type, given, shape);
      expect(weightValues.size).toBe(weights.length);
      const read = new Set(body.instructions.flatMap((instruction) => instruction.inputs));
      const unread = [...weightValues].filter(([, value]) => !read.has(value.id)).map(([name]) => name);
      expect(unread).toEqual([]);
      for (const weight of weights) expect(weight.shape.every((size) => Number.isInteger(size) && size > 0)).toBe(true);
    }
  });

  it('reads every moving statistic outside training, and moves every one in training alone', () => {
    for (const { given, shape } of casesOf(type)) {
      for (const mode of ['train', 'evaluate', 'predict', 'sample'] as const) {
        const { body, movingStatistics, movingValues, moved } = writeLayer(type, given, shape, mode);
        const names = movingStatistics.map((statistic) => statistic.name);
        expect([...moved.keys()]).toEqual(mode === 'train' ? names : []);
        const read = new Set(body.instructions.flatMap((instruction) => instruction.inputs));
        expect([...movingValues].filter(([, value]) => read.has(value.id)).map(([name]) => name)).toEqual(names);
      }
    }
  });

  it('lists the same weights in the order of Keras', () => {
    for (const { given, shape } of casesOf(type)) {
      const context = contextFor(type, given, shape);
      const declared = [...type.weights(context), ...(type.movingStatistics?.(context) ?? [])].map((weight) => weight.name);
      expect([...(type.keras?.weightOrder(context.parameters) ?? declared)].toSorted()).toEqual([...declared].toSorted());
    }
  });

  it('has a Keras configuration that is plain data', () => {
    for (const { given, shape } of casesOf(type)) {
      const config = type.keras?.config(contextFor(type, given, shape).parameters) ?? {};
      expect(JSON.parse(JSON.stringify(config))).toEqual(config);
    }
  });

  it('counts its multiply-adds in whole numbers', () => {
    for (const { given, shape } of casesOf(type)) {
      const count = type.multiplyAdds(contextFor(type, given, shape));
      expect(Number.isInteger(count) && count >= 0).toBe(true);
    }
  });
});
