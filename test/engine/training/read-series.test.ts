import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeId } from '../../../core/graph/identifiers.ts';
import { openFileDoor } from '../../../engine/files/file-door.ts';
import { readDocumentData } from '../../../engine/training/read-series.ts';
import { messagesOf, valueOf } from '../../support/forecast-data.ts';
import { readCsv, smallProject, temporaryFolder } from '../host/small-project.ts';

let project: string;
beforeEach(async () => {
  project = await temporaryFolder();
});
afterEach(() => rm(project, { recursive: true }));

const access = { files: openFileDoor(), readCsv };
const series = nodeId('series-0');
const csvProject = smallProject({ series: { source: 'csv', file: 'data/level.csv' } });
const sha256 = '6b8c9a9e9fc0b4ef2da9d52cdbe1b0a8ff4d0c6ef2ca43a8f2b1a1e4a0a9b5d1';

async function write(content: string): Promise<void> {
  await mkdir(path.join(project, 'data'), { recursive: true });
  await writeFile(path.join(project, 'data/level.csv'), content);
}

describe("a document's data", () => {
  test('are generated where the node says so', async () => {
    const { facts, diagnostics } = valueOf(await readDocumentData(smallProject(), project, access));
    expect(facts).toMatchObject({ [series]: { columns: ['value'], seriesCount: 60, steps: 14 } });
    expect(diagnostics).toEqual([]);
  });

  test('are read from a file beside the project', async () => {
    await write('a,b\n1,2\n3,4\n');
    const data = valueOf(await readDocumentData(csvProject, project, access));
    expect(data.facts).toEqual({ [series]: { columns: ['a', 'b'], seriesCount: 1, steps: 2 } });
    expect(data.series.get(series)?.file).toMatchObject({ node: series, file: 'data/level.csv' });
  });

  test('are compared with what the document last saw', async () => {
    await write('a,b\n1,2\n3,4\n');
    const found = valueOf(await readDocumentData(csvProject, project, access)).series.get(series)!.file!;
    const known = (digest: string) => ({ ...csvProject, data: [{ ...found, sha256: digest }] });
    expect(valueOf(await readDocumentData(known(found.sha256), project, access)).diagnostics).toEqual([]);
    const changed = valueOf(await readDocumentData(known(sha256), project, access)).diagnostics;
    expect(changed.map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', 'series 0: the data changed: evaluate again or retrain. data/level.csv no longer holds what it held when it was last used.'],
    ]);
  });

  test('a file that is missing or no CSV is named', async () => {
    expect(messagesOf(await readDocumentData(csvProject, project, access))).toEqual([
      `${path.join(project, 'data/level.csv')} does not exist. Check the name and the folder.`,
    ]);
    await write('');
    expect(messagesOf(await readDocumentData(csvProject, project, access))[0]).toMatch(/^data\/level\.csv is empty/u);
  });

  test('a node without a file yet is passed over: the checks name it', async () => {
    const document = smallProject({ series: { source: 'csv', file: '' } });
    expect(valueOf(await readDocumentData(document, project, access)).series.size).toBe(0);
  });
});
