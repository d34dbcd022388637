import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GraphEdit } from '../../core/graph/edit.ts';
import type { ParameterValue } from '../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../core/graph/identifiers.ts';
import { readsFile, writeSmallProject } from './small-project.ts';
import { emptyFolder, unroll, unrollJson } from './unroll-command.ts';

const set = (node: string, parameter: string, value: ParameterValue): GraphEdit => ({ kind: 'set-parameter', node: nodeId(node), parameter, value });

/** The small project reads files through a Scale node. */
const scaled: readonly GraphEdit[] = [
  { kind: 'disconnect', wire: wireId('wire-1') },
  { kind: 'add-node', node: { id: nodeId('scale'), type: 'scale', label: 'scale', parameters: {} } },
  { kind: 'connect', wire: { id: wireId('into-scale'), from: { node: nodeId('waves'), port: 'series' }, to: { node: nodeId('scale'), port: 'series' } } },
  { kind: 'connect', wire: { id: wireId('out-of-scale'), from: { node: nodeId('scale'), port: 'series' }, to: { node: nodeId('window'), port: 'series' } } },
];

const daily = (value: (row: number) => string): string =>
  ['date,level', ...Array.from({ length: 120 }, (_, row) => `${new Date(Date.UTC(2020, 0, 1 + row)).toISOString().slice(0, 10)},${value(row)}`), ''].join('\n');

async function project(edits: readonly GraphEdit[], data?: string) {
  const folder = await emptyFolder();
  if (data !== undefined) await writeFile(path.join(folder, 'data.csv'), data);
  return { folder, file: await writeSmallProject(folder, ...edits) };
}

describe('data at the edge of what can be learned from', () => {
  it('a constant series is said to tell nothing, and nothing is divided by its spread', async () => {
    const { folder, file } = await project([...readsFile('data.csv'), ...scaled], daily(() => '7'));
    const { code, errors } = await unroll(folder, 'check', file);
    expect(code).toBe(0);
    expect(errors).toContain('warning at scale: Column "level" is constant in the training part (always 7): it is only shifted, not scaled, and tells the model nothing.\n');
  });

  it.each([['inf', '"inf"'], ['1e999', '"1e999"']])('an infinite value (%s) is refused with its line and column', async (cell, shown) => {
    const { folder, file } = await project(readsFile('data.csv'), daily((row) => (row === 8 ? cell : String(row))));
    expect(await unroll(folder, 'check', file)).toEqual({
      code: 1,
      output: '',
      errors: `error at data.csv:10: Column "level" of data.csv holds ${shown} on line 10: a finite number was expected. Correct the cell, or leave it empty if the value is missing.\n`,
    });
  });

  it('a single sample trains, and what it cannot tell is said', async () => {
    const { folder, file } = await project([set('waves', 'series', 1), set('window', 'trainingShare', 1), set('window', 'validationShare', 0)]);
    const { code, json } = await unrollJson(folder, 'train', file, '--out', 'run');
    expect(code).toBe(0);
    expect(json).toMatchObject({ warnings: [
      { message: 'A batch of 32 windows was asked for, but the training part holds 1 window: every step takes all of them, one step an epoch. Make the batch smaller, or train for more epochs.' },
      { message: 'The validation part holds no window: the weights with the lowest training loss are kept, and nothing says how well they forecast. Give validation a share.' },
    ] });
  });

  it('a window of one time step is cut, trained and judged', async () => {
    const { folder, file } = await project([set('waves', 'steps', 5), set('window', 'window', 1)]);
    const { code, json } = await unrollJson(folder, 'train', file, '--out', 'run');
    expect([code, json]).toMatchObject([0, { validation: { count: 80 } }]);
  });

  it('a window of none is refused', async () => {
    const { folder, file } = await project([set('window', 'window', 0)]);
    expect((await unroll(folder, 'check', file)).errors).toBe(
      'error at window.window: window: window is 0, but must be a whole number from 1 to 10,000: choose a larger number.\n  mend: Set window of window to 50\n');
  });

  it('a class with a single member is refused', async () => {
    const rows = Array.from({ length: 20 }, (_, series) => Array.from({ length: 20 }, (__, step) => `s${series},${step % 7},${series === 2 ? 'odd' : series % 2 === 0 ? 'slow' : 'quick'}`)).flat();
    const { folder, file } = await project([
      set('waves', 'source', 'csv'), set('waves', 'file', 'data.csv'), set('waves', 'seriesColumn', 'id'), set('dense', 'units', 3),
      { kind: 'remove-node', node: nodeId('forecast') },
      { kind: 'add-node', node: { id: nodeId('target'), type: 'classify', label: 'target', parameters: {} } },
      { kind: 'connect', wire: { id: wireId('asked'), from: { node: nodeId('dense'), port: 'outputs' }, to: { node: nodeId('target'), port: 'predictions' } } },
    ], ['id,value,kind', ...rows, ''].join('\n'));
    expect(await unroll(folder, 'check', file)).toEqual({
      code: 1,
      output: '',
      errors: 'error at target.label: target: the class "odd" of "kind" has fewer than two samples in the training part, too few to learn from: gather more, join classes, or enlarge the training share.\n',
    });
  });
});
