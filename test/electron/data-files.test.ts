import { expect, test } from 'vitest';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import { emptyDocument } from '../../core/graph/empty-document.ts';
import { nodeId } from '../../core/graph/identifiers.ts';
import { createDataFiles } from '../../electron/projects/data-files.ts';

const sha256 = '0'.repeat(64);

function documentReading(file: string): GraphDocument {
  const id = nodeId('series-1');
  return { ...emptyDocument, nodes: [{ id, type: 'series', label: 'Tide', parameters: { source: 'csv', file } }], data: [{ node: id, file, sha256 }] };
}

test('a project reads the files that its own file names, and no other', () => {
  const files = createDataFiles();
  files.admitDocument(documentReading('data/tide.csv'), '/home/a');
  expect(files.find('data/tide.csv')).toBe('/home/a/data/tide.csv');
  expect(files.find('/etc/passwd')).toBeUndefined();
  const { document, problems } = files.rename(documentReading('/etc/passwd'), '/home/a');
  expect(problems.map(({ message }) => message)).toEqual([
    'Tide names the file "/etc/passwd", which was not chosen for this project in a file dialog. Choose it, so that Unroll may read it.',
  ]);
  expect(document).toEqual(documentReading('/etc/passwd'));
});

test('a file that was chosen is named relative to the project, and the same file under every name it has had', () => {
  const files = createDataFiles();
  expect(files.admitFile('/home/a/data/tide.csv', null)).toBe('/home/a/data/tide.csv');
  const saved = files.rename(documentReading('/home/a/data/tide.csv'), '/home/a/projects');
  expect(saved).toEqual({ document: documentReading('../data/tide.csv'), problems: [] });
  expect(files.rename(documentReading('/home/a/data/tide.csv'), '/home/b').document).toEqual(documentReading('../a/data/tide.csv'));
  files.replace('/home/a/data/tide.csv', '/home/b/tide.csv');
  expect(files.rename(documentReading('../data/tide.csv'), '/home/b').document).toEqual(documentReading('tide.csv'));
});
