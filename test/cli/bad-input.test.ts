import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import type { GraphEdit } from '../../core/graph/edit.ts';
import { nodeId, wireId } from '../../core/graph/identifiers.ts';
import { dailyValues, readsFile, smallDocument, writeSmallProject } from './small-project.ts';
import { emptyFolder, unroll } from './unroll-command.ts';

const dense = nodeId('dense');
const rnn = nodeId('rnn');

/** What `unroll check` says of the small project, changed by edits and with a data file beside it. */
async function check(edits: readonly GraphEdit[], data?: string): Promise<string> {
  const folder = await emptyFolder();
  if (data !== undefined) await writeFile(path.join(folder, 'data.csv'), data);
  const { code, output, errors } = await unroll(folder, 'check', await writeSmallProject(folder, ...edits));
  expect([code, output]).toEqual([1, '']);
  return errors;
}

/** What `unroll check` says of a file with this text. */
async function checkText(text: string): Promise<string> {
  const folder = await emptyFolder();
  await writeFile(path.join(folder, 'small.unroll'), text);
  const { code, output, errors } = await unroll(folder, 'check', 'small.unroll');
  expect([code, output]).toEqual([1, '']);
  return errors;
}

describe('a graph that cannot be trained is refused', () => {
  it.each<[string, readonly GraphEdit[], string]>([
    ['a cycle', [
      { kind: 'disconnect', wire: wireId('wire-2') },
      { kind: 'connect', wire: { id: wireId('back'), from: { node: dense, port: 'outputs' }, to: { node: rnn, port: 'inputs' } } },
    ], 'error: rnn → dense → rnn is a cycle, and a graph has none (recurrence lives inside recurrent layers): remove a wire, for example from dense to rnn.\n  mend: Remove the wire from dense to rnn\n'],
    ['an unwired input', [{ kind: 'disconnect', wire: wireId('wire-3') }], 'error at dense.inputs: dense has nothing wired to its input "inputs": connect a Window or a layer.\n'],
    ['a horizon longer than the series', [
      { kind: 'set-parameter', node: nodeId('forecast'), parameter: 'horizon', value: 30 },
      { kind: 'set-parameter', node: dense, parameter: 'units', value: 30 },
    ], 'error at forecast.horizon: The horizon is 30 steps, but a series has only 24 steps: nothing is left to forecast from. Set the horizon to at most 4 ' +
      '(with a window of 20).\n  mend: Set horizon of forecast to 4\n  mend: Set steps of waves to 50\n'],
    ['fewer horizon weights than steps', [
      { kind: 'set-parameter', node: nodeId('forecast'), parameter: 'horizonWeights', value: [1, 2] },
    ], 'error at forecast.horizonWeights: forecast has 2 horizon weights, but its horizon is 4 steps: give one weight a step, or none to weigh all alike.\n' +
      '  mend: Set horizonWeights of forecast to the list "1, 2, 2, 2"\n  mend: Set horizonWeights of forecast to none\n'],
    ['horizon weights that weigh nothing', [
      { kind: 'set-parameter', node: nodeId('forecast'), parameter: 'horizonWeights', value: [0, 0, 0, 0] },
    ], 'error at forecast.horizonWeights: forecast weighs every step of the horizon with 0, so nothing counts: give one of them a weight above 0, or none to weigh all alike.\n' +
      '  mend: Set horizonWeights of forecast to none\n'],
    ['a forecast that iterates no further than its horizon', [
      { kind: 'set-parameter', node: nodeId('forecast'), parameter: 'iterateTo', value: 4 },
    ], 'error at forecast.iterateTo: forecast iterates to 4 steps, but forecasts 4 in one go: iterate to more than 4, or to none.\n  mend: Set iterateTo of forecast to none\n'],
    ['a forecast that iterates past the end of the series', [
      { kind: 'set-parameter', node: nodeId('forecast'), parameter: 'iterateTo', value: 10 },
    ], 'error at window.window: A window of 20 steps and a horizon of 10 need series of at least 30 steps; a series has 24. Set the window to at most 14.\n' +
      '  mend: Set iterateTo of forecast to 4\n  mend: Set window of window to 14\n  mend: Set steps of waves to 30\n'],
    ['a horizon of 0', [
      { kind: 'set-parameter', node: nodeId('forecast'), parameter: 'horizon', value: 0 },
    ], 'error at forecast.horizon: forecast: horizon is 0, but must be a whole number from 1 to 10,000: choose a larger number.\n  mend: Set horizon of forecast to 1\n'],
    ['a billion units', [{ kind: 'set-parameter', node: rnn, parameter: 'units', value: 1_000_000_000 }], 'error at rnn.units: rnn: units is 1,000,000,000, but must be a whole number from 1 to 65,536: choose a smaller number.\n  mend: Set units of rnn to 20\n'],
    ['an unknown parameter', [{ kind: 'set-parameter', node: rnn, parameter: 'unit', value: 3 }], 'error at rnn.unit: rnn has no parameter "unit"; did you mean "units"?\n'],
  ])('%s', async (_, edits, errors) => {
    expect(await check(edits)).toBe(errors);
  });
});

describe('data that cannot be read are refused', () => {
  const forecastsHeight: GraphEdit = { kind: 'set-parameter', node: nodeId('forecast'), parameter: 'columns', value: ['height'] };
  const readsBoth: GraphEdit = { kind: 'set-parameter', node: nodeId('waves'), parameter: 'columns', value: ['height', 'weekday'] };
  const rows = dailyValues(200);
  it.each<[string, readonly GraphEdit[], string, string]>([
    ['a column that is not numeric', [...readsFile('data.csv'), readsBoth, forecastsHeight], rows.replace(',3.0', ',cold'), 'error at data.csv:5: Column "weekday" of data.csv is not numeric: line 5 holds "cold", a number was expected. ' +
      'Choose another column, or correct the cell (a missing value is written as an empty cell, NA, NaN or null).\n'],
    ['a forecast that iterates without all columns', [
      ...readsFile('data.csv'), forecastsHeight, { kind: 'set-parameter', node: nodeId('forecast'), parameter: 'iterateTo', value: 9 },
    ], rows, 'error at forecast.columns: forecast iterates, so its forecasts are fed back as whole rows, but "weekday" is not forecast: ' +
      'forecast all columns, read fewer in the Series node, or do not iterate.\n  mend: Set columns of forecast to none\n  mend: Set iterateTo of forecast to none\n'],
    ['an empty file', readsFile('data.csv'), '', 'error: data.csv is empty (0 bytes): a line of column names and one line a time step were expected. Choose a file that holds a series.\n'],
    ['ragged rows', readsFile('data.csv'), rows.replace(',3.0', ',3.0,9'), 'error at data.csv:5: Line 5 of data.csv has 4 cells, 3 were expected as on the first line. Correct the lines, or quote cells that hold the delimiter.\n'],
    ['cells without a number', [...readsFile('data.csv'), forecastsHeight], rows.replace(',3.0', ',NaN').replace(',4.0', ',NaN'), 'error at data.csv:5: Column "weekday" of data.csv has 2 missing values (lines 5 and 6). Choose how gaps are filled: "last value" or "linear"; filled values are never scored.\n' +
      '  mend: Set gaps of waves to "linear"\n  mend: Set gaps of waves to "last-value"\n'],
  ])('%s', async (_, edits, data, errors) => {
    expect(await check(edits, data)).toBe(errors);
  });
});

describe('a file that is no project is refused', () => {
  const text = serializeDocument(smallDocument);
  it.each([
    ['a truncated one', text.slice(0, 300), 'error: The project file ends too early, at line 18, column 14: expected ":" after the member name, found the end of the file. It was cut off: bring it back from a copy.\n'],
    ['a foreign one', '{"nodes": []}', 'error: This is not an Unroll project: expected a JSON document with "format": "unroll-project", found a JSON document without "format".\n'],
    ['a newer one', text.replace('"version": 2', '"version": 3'), 'error: This project was made by a newer Unroll (format 3; this one reads up to 2). Update Unroll to open it; the file is left as it is.\n'],
  ])('%s', async (_, content, errors) => {
    expect(await checkText(content)).toBe(errors);
  });

  it('one that is a thousand times too large, without reading it', async () => {
    const folder = await emptyFolder();
    const file = path.join(folder, 'large.unroll');
    await writeFile(file, '');
    await truncate(file, 1000 * 8 * 1024 * 1024);
    expect(await unroll(folder, 'check', 'large.unroll')).toEqual({
      code: 1,
      output: '',
      errors: `error: ${file} is larger than 24 MB, the most that is read. Was another file meant?\n`,
    });
  });

  it('one that is not there', async () => {
    const folder = await emptyFolder();
    const file = path.join(folder, 'none.unroll');
    expect(await unroll(folder, 'check', 'none.unroll')).toEqual({ code: 1, output: '', errors: `error: ${file} does not exist. Check the name and the folder.\n` });
  });
});
