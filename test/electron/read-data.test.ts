import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { emptyDocument } from '../../core/graph/empty-document.ts';
import { nodeId } from '../../core/graph/identifiers.ts';
import { readData } from '../../electron/data/read-data.ts';
import { createSeriesCache } from '../../electron/data/series-cache.ts';
import { openFileDoor } from '../../engine/files/file-door.ts';
import { parseCsv } from '../../formats/csv/parse-csv.ts';

const cache = createSeriesCache({ files: openFileDoor(), readCsv: (bytes, file, choice) => parseCsv(bytes, { file, ...choice }) });

test('missing values that the node does not fill are said at its parameter, with repairs, before anybody trains', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'unroll-read-'));
  await writeFile(path.join(directory, 'tide.csv'), 'level\n1\nNaN\n3\n');
  const read = async (gaps: string) => {
    const node = { id: nodeId('tide'), type: 'series', label: 'Tide', parameters: { source: 'csv', file: 'tide.csv', gaps } };
    const reading = await readData(cache, { document: { ...emptyDocument, nodes: [node] }, directory });
    return reading.ok ? reading.value.diagnostics.map(({ where, message, repairs }) => ({ where, message, repairs: repairs.map(({ title }) => title) })) : [];
  };
  expect(await read('refuse')).toEqual([
    {
      where: { kind: 'node', node: 'tide', parameter: 'gaps' },
      message: 'Column "level" of tide.csv has 1 missing value (line 3). Choose how gaps are filled: "last value" or "linear"; filled values are never scored.',
      repairs: ['Set gaps of Tide to "linear"', 'Set gaps of Tide to "last-value"'],
    },
  ]);
  expect(await read('linear')).toEqual([]);
});
