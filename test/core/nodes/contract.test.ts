import { describe, expect, it } from 'vitest';
import { catalog } from '../../../core/nodes/catalog.ts';
import type { LayerNodeType } from '../../../core/nodes/node-type.ts';
import { parseDocument } from '../../../core/document/parse-document.ts';
import { serializeDocument } from '../../../core/document/serialize-document.ts';
import { emptyDocument } from '../../../core/graph/empty-document.ts';
import { nodeId } from '../../../core/graph/identifiers.ts';
import { newNode } from '../../../core/nodes/new-node.ts';
import { defaultParameters, parseParameters, unknownParameters } from '../../../core/params/parse-parameters.ts';
import { casesOf, variantsOf, wiredCasesOf } from './layer-cases.ts';
import { contextFor, writeLayer } from './run-layer.ts';

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

  it('comes back from a saved project as it was, whatever its parameters', () => {
    for (const parameters of variantsOf(type)) {
      const node = { ...newNode({ nodes: [] }, type), parameters: { ...defaultParameters(type.parameters), ...parameters } };
      const read = parseDocument(serializeDocument({ ...emptyDocument, nodes: [node] }));
      expect(read.ok ? read.value.document.nodes : read.diagnostics).toEqual([node]);
      expect(parseParameters(type.parameters, node.parameters, place).ok).toBe(true);
    }
  });

  it('refuses a value of the wrong kind for every parameter', () => {
    for (const parameter of Object.keys(type.parameters)) {
      const parsed = parseParameters(type.parameters, { [parameter]: { some: 'object' } }, place);
      expect(parsed.ok ? [] : parsed.diagnostics.map(({ where }) => where)).toEqual([{ kind: 'node', node: 'node', parameter }]);
    }
  });
});

describe.each(layers.map((type) => [type.type, type] as const))('the layer %s', (_, type) => {
  it('takes sequences or vectors, and something on each optional input', () => {
    expect(casesOf(type)).not.toEqual([]);
    if (type.inputs.some((port) => port.optional === true)) expect(wiredCasesOf(type)).not.toEqual([]);
  });

  it('computes values of the shapes that its shape rule says, in every mode', () => {
    for (const { given, shape } of [...casesOf(type), ...wiredCasesOf(type)]) {
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
