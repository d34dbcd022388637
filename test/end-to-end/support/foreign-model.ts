import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { group, hdf5With, kerasFile, layer } from '../../formats/import/small-keras-file.ts';

/** A Keras model of somebody else's: windows of ten steps of one column, UnitNormalization where it is asked for, LSTM(4), Dense(1). */
export async function foreignModel(file: string, { unknownLayer }: { readonly unknownLayer: boolean }): Promise<string> {
  const weights = await hdf5With((content) => {
    const shapes: Readonly<Record<string, readonly number[]>> = { 'lstm/cell/vars/0': [1, 16], 'lstm/cell/vars/1': [4, 16], 'lstm/cell/vars/2': [16], 'dense/vars/0': [4, 1], 'dense/vars/1': [1] };
    for (const [at, shape] of Object.entries(shapes)) {
      const data = new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(0.2);
      group(content, `layers/${path.posix.dirname(at)}`).create_dataset({ name: path.posix.basename(at), data, shape: [...shape], dtype: '<f4' });
    }
  });
  const layers = [
    layer('InputLayer', { batch_shape: [null, 10, 1], name: 'input' }),
    ...(unknownLayer ? [layer('UnitNormalization', { name: 'unit_norm', axis: -1, epsilon: 1e-7, order: 2 })] : []),
    layer('LSTM', { units: 4, name: 'lstm' }, [], { build_config: { input_shape: [null, 10, 1] } }),
    layer('Dense', { units: 1, name: 'dense' }),
  ];
  writeFileSync(file, kerasFile({ weights, config: { class_name: 'Sequential', config: { name: 'foreign', layers } } }));
  return file;
}
