import { expect, test } from 'vitest';
import { buildModel } from '../../../core/compile/build-model.ts';
import { exportObstacle } from '../../../core/export/export-formats.ts';
import type { ExportFormatName } from '../../../core/export/export-formats.ts';
import type { ParameterValue } from '../../../core/graph/graph-document.ts';
import { GraphDraft } from '../../support/graph-draft.ts';

/** A recurrent layer whose states in and out are wired as said, before a forecast of two steps. */
function refusal(format: ExportFormatName, type: string, parameters: Readonly<Record<string, ParameterValue>>, initial: readonly string[], readsFinal = false): string | null {
  const draft = new GraphDraft('States');
  const series = draft.add('series', { source: 'generator', series: 4, steps: 14 })[0]!;
  const windows = draft.add('window', { window: 6, splitBy: 'series' }, { series })[0]!;
  const last = draft.addLayer('take-step', {}, windows);
  const units = Number(parameters['units']) * (parameters['bidirectional'] === true ? 2 : 1);
  const states = Object.fromEntries(initial.map((port) => [port, draft.addLayer('dense', { units }, last)]));
  const outlets = draft.add(type, { returnSequences: false, ...parameters }, { inputs: windows, ...states });
  const read = outlets.find(({ port }) => port === (readsFinal ? 'final hidden state' : 'outputs'))!;
  draft.add('forecast', { horizon: 2 }, { predictions: draft.addLayer('dense', { units: 2 }, read) });
  const built = buildModel(draft.document, draft.data);
  if (!built.ok) throw new Error(built.diagnostics[0]?.message);
  return exportObstacle(format, built.value)?.message ?? null;
}

test('Keras takes all initial states of a layer or none, and says which formats take what there is', () => {
  const one = refusal('keras', 'lstm', { units: 3 }, ['initial hidden state']);
  expect(one).toContain('Keras takes all 2 initial states of a layer or none, and 1 of them is wired');
  expect(one).toContain('The whole model can leave as ONNX, SavedModel, TensorFlow.js or Weights');
  expect(refusal('keras', 'lstm', { units: 3 }, ['initial hidden state', 'initial cell state'])).toBeNull();
});

test('Keras keeps the states of two directions apart, in and out', () => {
  const reason = 'Keras keeps the states of the two directions apart';
  expect(refusal('keras', 'gru', { units: 3, bidirectional: true }, ['initial hidden state'])).toContain(reason);
  expect(refusal('keras', 'gru', { units: 3, bidirectional: true }, [], true)).toContain(reason);
  expect(refusal('keras', 'gru', { units: 3, bidirectional: true }, [])).toBeNull();
});

test.for(['onnx', 'savedmodel', 'tfjs', 'weights'] as const)('%s says states however they are wired', (format) => {
  expect(refusal(format, 'lstm', { units: 3 }, ['initial cell state'])).toBeNull();
  expect(refusal(format, 'gru', { units: 3, bidirectional: true }, ['initial hidden state'], true)).toBeNull();
});
