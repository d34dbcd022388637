import { describe, expect, it } from 'vitest';
import { writeSmallProject } from './small-project.ts';
import { emptyFolder, unroll, unrollJson } from './unroll-command.ts';

describe('unroll describe', () => {
  it('prints layers, shapes, parameters and multiply-adds', async () => {
    const folder = await emptyFolder();
    const { code, output } = await unroll(folder, 'describe', await writeSmallProject(folder));
    expect(code).toBe(0);
    expect(output).toBe(`Small

layer        type       output                       parameters  multiply-adds
samples                 (batch, 20 time, 1 feature)
rnn          SimpleRNN  (batch, 4 feature)                   24            400
dense        Dense      (batch, 4 feature)                   20             16
predictions             (batch, 4 feature)
in all                                                       44            416

Forecast: 4 steps ahead of value; loss: mse.
`);
  });

  it('gives the same as JSON', async () => {
    const folder = await emptyFolder();
    const { code, json } = await unrollJson(folder, 'describe', await writeSmallProject(folder));
    expect(code).toBe(0);
    expect(json).toMatchObject({
      name: 'Small',
      layers: [
        { node: 'rnn', outputs: { outputs: '(batch, 4 feature)' }, parameters: 24, multiplyAdds: 400 },
        { node: 'dense', outputs: { outputs: '(batch, 4 feature)' }, parameters: 20, multiplyAdds: 16 },
      ],
      parameters: 44,
      multiplyAdds: 416,
      targets: [{ kind: 'forecast', label: 'forecast', weight: 1, columns: null, horizon: 4, loss: 'mse', everyStep: false }],
    });
  });
});
