import { expect, it } from 'vitest';
import { checkDocument } from '../../../core/check/check-document.ts';
import { buildModel } from '../../../core/compile/build-model.ts';
import { parseDocument } from '../../../core/document/parse-document.ts';
import { serializeDocument } from '../../../core/document/serialize-document.ts';
import { applyEdits } from '../../../core/graph/apply-edit.ts';
import { emptyDocument } from '../../../core/graph/empty-document.ts';
import { nodeId, wireId } from '../../../core/graph/identifiers.ts';
import type { GraphNode, ParameterValue } from '../../../core/graph/graph-document.ts';

const node = (type: string, label: string, parameters: GraphNode['parameters'] = {}): GraphNode => ({ id: nodeId(`${type}-1`), type, label, parameters });

function withUnknown(outputShape: ParameterValue) {
  const said = { className: 'MultiHeadAttention', origin: 'Keras 3.15.0', outputShape, facts: ['num_heads: 2', 'key_dim: 8'] };
  const nodes = [node('series', 'Series 1'), node('window', 'Window 1', { splitBy: 'series' }), node('unknown', 'Unknown Layer 1', said), node('flatten', 'Flatten 1'), node('dense', 'Dense 1'), node('forecast', 'Forecast 1')];
  const ports = [['series', 'series'], ['windows', 'inputs'], ['outputs', 'inputs'], ['outputs', 'inputs'], ['outputs', 'predictions']] as const;
  const wires = ports.map(([from, to], index) => ({ id: wireId(`wire-${index}`), from: { node: nodes[index]!.id, port: from }, to: { node: nodes[index + 1]!.id, port: to } }));
  return { ...emptyDocument, nodes, wires };
}

it('is kept on save with its facts, and says what would have to be in its place', () => {
  const document = withUnknown([50, 4]);
  const read = parseDocument(serializeDocument(document));
  expect(read.ok ? read.value.document : read.diagnostics).toEqual(document);
  expect(checkDocument(document).diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ['unknown-layer', 'Unknown Layer 1 is the layer MultiHeadAttention of Keras 3.15.0 that Unroll cannot compute. To train, judge or export the model, put layers in its place that make (batch, 50 time, 4 feature) of (batch, 50 time, 1 feature), or take it out.'],
  ]);
  const built = buildModel(document);
  expect(built.ok ? [] : built.diagnostics.map(({ code }) => code)).toEqual(['unknown-layer']);
});

it('lets shapes run on behind it, and is taken out with one click where it gives what it reads', () => {
  const document = withUnknown([50, 1]);
  const { diagnostics, facts } = checkDocument(document);
  expect(facts.get(nodeId('dense-1'))?.inputs['inputs']).toMatchObject({ shape: [{ name: 'batch' }, { name: 'feature', size: { kind: 'constant', value: 50 } }] });
  const mended = applyEdits(document, diagnostics[0]!.repairs[0]!.edits);
  expect(checkDocument(mended).diagnostics).toEqual([]);
});
