import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { templateList } from '../../core/document/template-list.ts';
import { emptyFolder, unroll, unrollJson } from './unroll-command.ts';

describe('unroll new', () => {
  it('writes a project with its data beside it, ready to check', async () => {
    const folder = await emptyFolder();
    const { code, output } = await unroll(folder, 'new', 'seattle-weather');
    expect(code).toBe(0);
    expect(output).toContain('npx unroll train seattle-weather.unroll');
    expect(await readFile(path.join(folder, 'seattle-weather-daily.csv'), 'utf8')).toMatch(/^date,precipitation,temp_max,temp_min,wind,weather\n/);
    const checked = await unroll(folder, 'check', 'seattle-weather.unroll');
    expect(checked).toMatchObject({ code: 0, output: expect.stringContaining('seattle-weather.unroll is in order: 6 nodes, 5 wires') as string });
    expect(checked.errors).not.toContain('the data changed');
  });

  it('references the data, so that a change is said and is no error', async () => {
    const folder = await emptyFolder();
    await unroll(folder, 'new', 'seattle-weather');
    await appendFile(path.join(folder, 'seattle-weather-daily.csv'), '2016-01-01,0,6.1,-0.5,2.9,sun\n');
    const { code, errors } = await unroll(folder, 'check', 'seattle-weather.unroll');
    expect(code).toBe(0);
    expect(errors).toContain('warning at series-1.file: Series 1: the data changed: evaluate again or retrain.');
  });

  it('makes the folder of the file it is given', async () => {
    const folder = await emptyFolder();
    const { json } = await unrollJson(folder, 'new', 'next-value', 'waves/mine.unroll');
    expect(json).toEqual({ project: path.join(folder, 'waves/mine.unroll'), template: 'next-value', files: [path.join(folder, 'waves/mine.unroll')] });
    expect(await readFile(path.join(folder, 'waves/mine.unroll'), 'utf8')).toContain('"name": "Next value"');
  });

  it('overwrites no project', async () => {
    const folder = await emptyFolder();
    await writeFile(path.join(folder, 'next-value.unroll'), 'mine');
    const file = path.join(folder, 'next-value.unroll');
    expect(await unroll(folder, 'new', 'next-value')).toEqual({
      code: 1,
      output: '',
      errors: `error: ${file} exists and is not empty, and nothing is overwritten. Name another one.\n`,
    });
    expect(await readFile(file, 'utf8')).toBe('mine');
  });

  it('overwrites no data, and writes no project without its data', async () => {
    const folder = await emptyFolder();
    const data = path.join(folder, 'mauna-loa-co2-weekly.csv');
    await writeFile(data, 'mine');
    const { code, json } = await unrollJson(folder, 'new', 'mauna-loa-co2');
    expect([code, json['diagnostics']]).toMatchObject([1, [{ code: 'other-file-exists', where: { kind: 'file', file: data } }]]);
    expect(await readFile(data, 'utf8')).toBe('mine');
    await expect(readFile(path.join(folder, 'mauna-loa-co2.unroll'))).rejects.toThrow('ENOENT');
  });

  it('uses data that are there already', async () => {
    const folder = await emptyFolder();
    await unroll(folder, 'new', 'seattle-weather', 'a.unroll');
    const { code, json } = await unrollJson(folder, 'new', 'seattle-weather', 'b.unroll');
    expect([code, json['files']]).toEqual([0, [path.join(folder, 'b.unroll')]]);
  });

  it('offers the nearest template for one that it does not have', async () => {
    expect(await unroll(await emptyFolder(), 'new', 'seatle-weather')).toEqual({
      code: 2,
      output: '',
      errors:
        'error at TEMPLATE: There is no template "seatle-weather"; there are next-value, linear, one-unit, ten-steps, iterated, sequence-to-sequence, gru, best-ten-steps, encoder-decoder, bidirectional, layer-norm, layer-norm-cell, ' +
        'batch-norm, conv1d-gru, wavenet, sequence-classifier, wave-parameters, drawn-wave, seattle-weather, weather-categories, monte-carlo-dropout, sunspot-quantiles, stateful-sunspots, mauna-loa-co2 and bidirectional-imputer. Did you mean "seattle-weather"?\n',
    });
  });

  it('lists its templates', async () => {
    const { output } = await unroll(await emptyFolder(), 'new', '--help');
    for (const { id } of templateList) expect(output).toContain(`  ${id} `);
  });
});
