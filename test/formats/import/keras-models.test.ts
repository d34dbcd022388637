import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { importKeras } from '../../../formats/keras/import-keras.ts';
import type { ImportedModel } from '../../../core/import/imported-model.ts';
import { needPython, runPython } from '../../support/python.ts';
import { largestRelative, predictionsOf } from './imported-model-predictions.ts';

const program = fileURLToPath(new URL('keras-models.py', import.meta.url));

it('models that Keras made say the same after they are imported', async (context) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'unroll-keras-models-'));
  try {
    await runPython(needPython(context), [program, folder]);
    const told = JSON.parse(readFileSync(path.join(folder, 'models.json'), 'utf8')) as Record<string, { inputs: number[]; predictions: number[] }>;
    expect(Object.keys(told).length).toBe(30);
    const imported = new Map<string, ImportedModel>();
    for (const [name, { inputs, predictions }] of Object.entries(told)) {
      const read = await importKeras(`${name}.keras`, readFileSync(path.join(folder, `${name}.keras`)));
      if (!read.ok) throw new Error(`${name}: ${read.diagnostics[0]?.message}`);
      imported.set(name, read.value);
      const warnings = read.value.notes.filter(({ severity }) => severity === 'warning').map(({ message }) => message);
      expect({ name, warnings }).toEqual({ name, warnings: [] });
      const difference = largestRelative(predictionsOf(read.value, Float32Array.from(inputs), 3), predictions);
      expect({ name, isClose: difference <= 1e-5, difference: difference <= 1e-5 ? 0 : difference }).toEqual({ name, isClose: true, difference: 0 });
    }
    const training = (name: string) => imported.get(name)!.document.training;
    expect(training('gru')).toMatchObject({ optimizer: { kind: 'adamw', learningRate: 0.002, weightDecay: 0.01 }, clipping: { kind: 'norm', limit: 1 } });
    expect(training('regularized').optimizer).toEqual({ kind: 'sgd', learningRate: 0.01, momentum: 0.9, nesterov: true });
    const stateful = imported.get('stateful')!;
    expect(stateful.document.nodes.find(({ type }) => type === 'window')?.parameters).toEqual({ window: 6, stride: 6 });
    expect(stateful.notes.find(({ code }) => code === 'import-stateful')?.message).toMatch(/^lstm\S* and gru\S* carry their states from each window to the next: windows follow each other, with a stride of 6/u);
    const parameters = (name: string, node: string) => imported.get(name)!.document.nodes.find(({ id }) => id === node)?.parameters;
    expect(parameters('regularized', 'forecast-1')).toMatchObject({ loss: 'huber', horizon: 1 });
    expect(imported.get('regularized')!.notes.map(({ code }) => code)).toContain('import-settings-left');
    expect(imported.get('shared')!.notes.map(({ code }) => code)).toContain('import-shared-layer');
    expect(imported.get('open_length')!.notes.map(({ code }) => code)).toContain('import-window-open');
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 240_000);
