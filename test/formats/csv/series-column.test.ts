import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../../formats/csv/parse-csv.ts';
import { messagesOf, valueOf } from '../../support/forecast-data.ts';

const read = (text: string, seriesColumn = 'patient') => parseCsv(new TextEncoder().encode(text), { file: 'beats.csv', seriesColumn });
const file = `patient,day,pulse,kind,age
ann,2020-01-01,60,calm,31.5
bob,2020-01-01,90,quick,44.5
ann,2020-01-02,61,calm,31.5
bob,2020-01-02,,quick,44.5
`;

describe('a column that tells several series apart', () => {
  it('groups their rows, in the order of the file', () => {
    const { table, lines } = valueOf(read(file));
    expect([table.seriesCount, table.steps, table.columns.map(({ name }) => name)]).toEqual([2, 2, ['pulse']]);
    expect([...table.values]).toEqual([60, 61, 90, Number.NaN]);
    expect(table.seriesNames).toEqual(['ann', 'bob']);
    expect(lines).toEqual([2, 4, 3, 5]);
    expect(table.time.kind).toBe('date');
  });

  it('makes labels of the columns that are constant within every series', () => {
    const [kind, age] = valueOf(read(file)).table.labels!;
    expect(kind).toEqual({ name: 'kind', perSeries: true, numbers: null, classes: { names: ['calm', 'quick'], indices: Int32Array.of(0, 1) } });
    expect(age).toEqual({ name: 'age', perSeries: true, numbers: Float64Array.of(31.5, 44.5), classes: null });
  });

  it('counts rows where the series have different dates, and says so', () => {
    const { table, diagnostics } = valueOf(read(file.replace('bob,2020-01-02', 'bob,2020-01-03')));
    expect(table.time.kind).toBe('step');
    expect(diagnostics.map(({ message }) => message)).toEqual(['The series of beats.csv have different dates in "day": their rows are counted instead.']);
  });

  it.each([
    ['is not there', file, 'name', 'beats.csv has no column "name"; it has "patient", "day", "pulse", "kind" and "age". Choose one of these.'],
    ['has an empty cell', file.replace('bob,2020-01-02', ',2020-01-02'), 'patient', 'Line 5 of beats.csv names no series in its column "patient": every row belongs to one. Fill the cell.'],
    ['tells of series of unequal length', `${file}ann,2020-01-03,62,calm,31.5\n`, 'patient', 'The series of beats.csv, told apart by "patient", are not equally long: "ann" has 3 rows, "bob" has 2. Cut them to one length, or fill the missing rows with empty cells.'],
  ])('%s: refused', (_, text, column, message) => {
    expect(messagesOf(read(text, column))).toEqual([message]);
  });
});
