import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../core/diagnostics/diagnose.ts';
import { applyEdits } from '../../../core/graph/apply-edit.ts';
import { anyNodeType } from '../../../core/nodes/catalog.ts';
import { seriesNode } from '../../../core/nodes/series.ts';
import type { DataPreview } from '../../../electron/ipc/data-messages.ts';
import { chooseDateColumn, chooseSeriesColumn, choiceEdits, choiceObstacle, initialChoice, missingValues, remarksOn, toggleColumn } from '../../../renderer/data/csv-choice.ts';
import { fileOf, shownSeriesNode } from '../../../renderer/data/series-source.ts';
import { emptyDocument } from '../../../core/graph/empty-document.ts';

const preview: DataPreview = {
  file: 'weather.csv',
  sha256: 'ab'.repeat(32),
  name: 'weather.csv',
  bytes: 100,
  delimiter: ',',
  columns: [
    { name: 'date', numeric: false, category: false, missing: 0 },
    { name: 'year', numeric: true, category: false, missing: 0 },
    { name: 'high', numeric: true, category: false, missing: 2 },
    { name: 'sky', numeric: false, category: true, missing: 0 },
  ],
  dateColumn: 'date',
  rows: 3,
  firstRows: [],
  diagnostics: [],
};
const type = anyNodeType(seriesNode);
const fresh = initialChoice(preview, null);

describe('choosing columns of a file', () => {
  it('begins with every numeric column', () => expect(fresh).toEqual({ columns: ['year', 'high'], dateColumn: null, seriesColumn: null, categoryColumns: [], gaps: 'refuse' }));
  it('takes words as categories, and the column that tells series apart as nothing else', () => {
    const chosen = toggleColumn(fresh, 'sky', preview);
    expect([chosen.columns, chosen.categoryColumns]).toEqual([['year', 'high'], ['sky']]);
    expect(chooseSeriesColumn(chosen, 'sky')).toMatchObject({ seriesColumn: 'sky', categoryColumns: [] });
    expect(chooseSeriesColumn(chosen, 'year')).toMatchObject({ seriesColumn: 'year', columns: ['high'] });
  });
  it('does not say of a column that it is not read once it is', () => {
    const noted = { ...preview, diagnostics: [diagnose('csv-column-left-out', { kind: 'file', file: 'weather.csv', line: 2, column: 'sky' }, { source: 'weather.csv', column: 'sky', line: 2, found: 'clear', namesCategories: true })] };
    expect(remarksOn(fresh, noted)).toEqual(noted.diagnostics);
    expect(remarksOn(toggleColumn(fresh, 'sky', noted), noted)).toEqual([]);
    expect(remarksOn(chooseSeriesColumn(fresh, 'sky'), noted)).toEqual([]);
  });
  it('keeps the order of the file', () => {
    const without = toggleColumn(fresh, 'year', preview);
    expect(without.columns).toEqual(['high']);
    expect(toggleColumn(without, 'year', preview).columns).toEqual(['year', 'high']);
  });
  it('does not read the date column as values', () => {
    expect(chooseDateColumn(fresh, 'year')).toMatchObject({ dateColumn: 'year', columns: ['high'] });
  });
  it('counts missing values of chosen columns only', () => {
    expect([missingValues(fresh, preview), missingValues(toggleColumn(fresh, 'high', preview), preview)]).toEqual([2, 0]);
  });
  it('says what keeps it from being taken', () => {
    expect(choiceObstacle(fresh, preview)).toBeNull();
    expect(choiceObstacle({ ...fresh, columns: [] }, preview)).toBe('Choose at least one column.');
    expect(choiceObstacle(fresh, { ...preview, columns: [preview.columns[0]!] })).toContain('no numeric column');
  });
});

describe('taking a choice', () => {
  const choice = { columns: ['high'], dateColumn: 'year', seriesColumn: 'date', categoryColumns: ['sky'], gaps: 'keep' } as const;

  it('makes a Series node that reads the file', () => {
    const { node, edits } = choiceEdits(emptyDocument, type, null, preview, choice);
    const document = applyEdits(emptyDocument, edits);
    expect(document.nodes[0]).toMatchObject({ id: node, parameters: { source: 'csv', file: 'weather.csv', columns: ['high'], dateColumn: 'year', seriesColumn: 'date', categoryColumns: ['sky'], gaps: 'keep' } });
    expect(document.data).toEqual([{ node, file: 'weather.csv', sha256: preview.sha256 }]);
  });
  it('lets a node that is there read it, and finds the same choice again', () => {
    const first = choiceEdits(emptyDocument, type, null, preview, fresh);
    const document = applyEdits(emptyDocument, first.edits);
    const changed = applyEdits(document, choiceEdits(document, type, first.node, preview, choice).edits);
    expect(changed.nodes).toHaveLength(1);
    expect(initialChoice(preview, changed.nodes[0]!)).toEqual(choice);
  });
  it('begins anew with another file', () => {
    const { edits } = choiceEdits(emptyDocument, type, null, preview, choice);
    const [node] = applyEdits(emptyDocument, edits).nodes;
    expect(initialChoice({ ...preview, file: 'other.csv' }, node!).columns).toEqual(['year', 'high']);
    expect(fileOf(node!)).toBe('weather.csv');
  });
});

it('the selected Series node is shown before the one shown last, and that before the first', () => {
  const first = applyEdits(emptyDocument, choiceEdits(emptyDocument, type, null, preview, fresh).edits);
  const { nodes } = applyEdits(first, choiceEdits(first, type, null, preview, fresh).edits);
  const [one, two] = nodes.map(({ id }) => id);
  expect(shownSeriesNode(nodes, two!, one!)?.id).toBe(two);
  expect(shownSeriesNode(nodes, null, two!)?.id).toBe(two);
  expect(shownSeriesNode(nodes, null, null)?.id).toBe(one);
  expect(shownSeriesNode([], null, null)).toBeUndefined();
});
