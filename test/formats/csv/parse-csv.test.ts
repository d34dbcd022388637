import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fillGaps } from '../../../core/forecast/gaps.ts';
import { timeAfter, timeInWords } from '../../../core/forecast/time-index.ts';
import { parseCsv, type CsvOptions, type CsvSeries } from '../../../formats/csv/parse-csv.ts';
import { writeCsv } from '../../../formats/csv/write-csv.ts';
import { diagnosticsOf, messagesOf, valueOf } from '../../support/forecast-data.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function parsed(text: string | Uint8Array, options: Partial<CsvOptions> = {}) {
  return parseCsv(typeof text === 'string' ? bytesOf(text) : text, { file: 'x.csv', ...options });
}

function readSample(file: string): CsvSeries {
  return valueOf(parseCsv(readFileSync(new URL(`../../../assets/data/${file}`, import.meta.url)), { file }));
}

function summary(text: string | Uint8Array, options: Partial<CsvOptions> = {}) {
  const { table, dateColumn, delimiter } = valueOf(parsed(text, options));
  return { columns: table.columns.map(({ name }) => name), values: [...table.values], dateColumn, delimiter };
}

test('Seattle weather: four numeric columns by day, the category told of', () => {
  const { table, allColumns, dateColumn, diagnostics } = readSample('seattle-weather-daily.csv');
  expect([table.columns.map(({ name }) => name), table.steps, dateColumn]).toEqual([['precipitation', 'temp_max', 'temp_min', 'wind'], 1461, 'date']);
  expect(allColumns.filter(({ numeric }) => numeric).map(({ name }) => name)).toEqual(['precipitation', 'temp_max', 'temp_min', 'wind']);
  expect([...table.values.subarray(0, 4)]).toEqual([0, 12.8, 5, 4.7]);
  expect(timeInWords(timeAfter(table, 1)!)).toBe('2016-01-01');
  expect(diagnostics.map(({ severity, message }) => [severity, message])).toEqual([
    ['note', 'Column "weather" of seattle-weather-daily.csv is not read among the numbers: line 2 holds "drizzle". It can be chosen as a category.'],
  ]);
});

test('Mauna Loa CO2: weeks as YYYYMMDD, 59 real gaps', () => {
  const { table, dateColumn, lines } = readSample('mauna-loa-co2-weekly.csv');
  expect([table.steps, dateColumn, table.observed.filter((value) => value === 0).length]).toEqual([2284, 'date', 59]);
  expect(timeInWords(timeAfter(table, 1)!)).toBe('2002-01-05');
  const place = { where: { kind: 'file', file: 'mauna-loa-co2-weekly.csv' }, source: 'mauna-loa-co2-weekly.csv', lines } as const;
  expect(messagesOf(fillGaps(table, 'refuse', place))).toEqual([
    'Column "co2" of mauna-loa-co2-weekly.csv has 59 missing values (lines 8, 11, 12 and 56 more). Choose how gaps are filled: "last value" or "linear"; filled values are never scored.',
  ]);
});

test('sunspots: quoted names, years as the time index', () => {
  const { table, dateColumn } = readSample('sunspots-yearly.csv');
  expect([table.columns, table.steps, dateColumn, table.time.kind]).toEqual([[{ name: 'SUNACTIVITY', unit: null }], 309, 'YEAR', 'number']);
  expect(timeInWords(timeAfter(table, 2)!)).toBe('2010');
});

test('a column that is not numeric is named with its line and the cell found', () => {
  expect(diagnosticsOf(parsed('a,weather\n1,rain\n2,sun\n', { columns: ['a', 'weather'] }))).toEqual([
    {
      code: 'csv-column-not-numeric',
      severity: 'error',
      where: { kind: 'file', file: 'x.csv', line: 2, column: 'weather' },
      message: 'Column "weather" of x.csv is not numeric: line 2 holds "rain", a number was expected. Choose another column, or correct the cell (a missing value is written as an empty cell, NA, NaN or null).',
      repairs: [],
    },
  ]);
});

test('an empty file, and one of names only', () => {
  expect(messagesOf(parsed(''))).toEqual(['x.csv is empty (0 bytes): a line of column names and one line a time step were expected. Choose a file that holds a series.']);
  expect(messagesOf(parsed('\ufeff\n \n'))).toEqual(['x.csv is empty (6 bytes of white space): a line of column names and one line a time step were expected. Choose a file that holds a series.']);
  expect(messagesOf(parsed('date,a,b\n'))).toEqual(['x.csv has column names ("date", "a" and "b") but no rows: one line a time step was expected below them.']);
});

test('ragged rows are named with what was expected and found', () => {
  expect(diagnosticsOf(parsed('a,b\n1,2\n3\n4,5\n6,7,8\n'))).toEqual([
    {
      code: 'csv-ragged-rows',
      severity: 'error',
      where: { kind: 'file', file: 'x.csv', line: 3 },
      message: 'Line 3 of x.csv has 1 cell, 2 were expected as on the first line. Line 5 differs too. Correct the lines, or quote cells that hold the delimiter.',
      repairs: [],
    },
  ]);
});

test('lines are counted through quoted cells with line breaks and through blank lines', () => {
  expect(messagesOf(parsed('"a\nname",b\r\n\r\n1,2\r\n3,x\r\n', { columns: ['b'] }))[0]).toContain('line 5 holds "x"');
});

test('a quotation mark that does not close is an error with its line', () => {
  expect(messagesOf(parsed('a,b\n1,2\n"3,4\n5,6\n'))).toEqual([
    'Line 3 of x.csv opens a quotation mark that is not closed rightly. Close it, or double a quotation mark inside a quoted cell.',
  ]);
});

test('any delimiter is detected, and decimals may have a comma beside semicolons', () => {
  for (const delimiter of [',', ';', '\t', '|', ' ']) {
    expect(summary(`a${delimiter}b\n1.5${delimiter}2\n-3e2${delimiter}.5\n`)).toEqual({ columns: ['a', 'b'], values: [1.5, 2, -300, 0.5], dateColumn: null, delimiter });
  }
  expect(summary('a;b\n1,5;2,25\n3;4\n')).toMatchObject({ values: [1.5, 2.25, 3, 4], delimiter: ';' });
  expect(summary('date;value\n2012-01-01;1,5\n2012-01-02;2,5\n')).toMatchObject({ columns: ['value'], values: [1.5, 2.5], delimiter: ';' });
  expect(summary('a:b\n1:2\n', { delimiter: ':' })).toMatchObject({ columns: ['a', 'b'], values: [1, 2] });
});

test('beside decimal commas a decimal point is no number', () => {
  expect(messagesOf(parsed('a;b\n1,5;2\n1.234;3\n', { columns: ['a'] }))[0]).toContain('line 3 holds "1.234", a number was expected');
});

test('a byte order mark, quotes and Windows line ends are read', () => {
  expect(summary('\ufeff"a","b, c"\r\n"1","2"\r\n3,4\r\n')).toMatchObject({ columns: ['a', 'b, c'], values: [1, 2, 3, 4] });
});

test('a file of one column; its blank lines are missing values', () => {
  expect(summary('a\n1\n\n3\n\n')).toMatchObject({ columns: ['a'], values: [1, NaN, 3] });
});

test('without a line of names the columns are numbered', () => {
  expect(summary('1,2\n3,4\n')).toMatchObject({ columns: ['column 1', 'column 2'], values: [1, 2, 3, 4] });
  expect(summary('2012-01-01,5\n2012-01-02,6\n')).toMatchObject({ columns: ['column 2'], dateColumn: 'column 1', values: [5, 6] });
  expect(summary(',a\n0,5\n1,6\n')).toMatchObject({ columns: ['column 1', 'a'] });
});

test('empty cells, NA, NaN and null are missing', () => {
  const { table } = valueOf(parsed('a,b\n,1\nNA,1\nNaN,1\nnull,1\n5,1\n', { columns: ['a'] }));
  expect([[...table.values], [...table.observed]]).toEqual([[NaN, NaN, NaN, NaN, 5], [0, 0, 0, 0, 1]]);
});

test('infinite values are refused, spelled out or too large', () => {
  expect(messagesOf(parsed('a\n1\n-Infinity\n'))).toEqual([
    'Column "a" of x.csv holds "-Infinity" on line 3: a finite number was expected. Correct the cell, or leave it empty if the value is missing.',
  ]);
  expect(diagnosticsOf(parsed('a\n1\n1e999\n')).map(({ code }) => code)).toEqual(['csv-infinite-value']);
});

test('names that occur twice, are unknown, or are asked for twice', () => {
  expect(messagesOf(parsed('a,b,a\n1,2,3\n'))).toEqual(['x.csv names 2 columns "a" (columns 1 and 3). Give every column a name of its own.']);
  expect(messagesOf(parsed('temp_max,wind\n1,2\n', { columns: ['temp_mx'] }))).toEqual(['x.csv has no column "temp_mx"; it has "temp_max" and "wind". Did you mean "temp_max"?']);
  expect(messagesOf(parsed('a,b\n1,2\n', { columns: ['a', 'a'] }))).toEqual(['Column "a" of x.csv is chosen more than once. Name every column once.']);
  expect(diagnosticsOf(parsed('a,b\n1,2\n', { dateColumn: 'when' })).map(({ code }) => code)).toEqual(['csv-unknown-column']);
});

test('a file without a numeric column, and a chosen column without a value', () => {
  expect(diagnosticsOf(parsed('a,b\nx,y\n')).map(({ code }) => code)).toEqual(['csv-no-numeric-column']);
  expect(messagesOf(parsed('a,b\n1,\n2,\n', { columns: ['b'] }))).toEqual(['Column "b" of x.csv holds no value: numbers were expected. Choose another column.']);
});

test('bytes that are not UTF-8 are refused with their position', () => {
  expect(messagesOf(parsed(Uint8Array.of(0x61, 0x0a, 0x31, 0x0a, 0xe9, 0x74, 0x0a)))).toEqual([
    'x.csv is not UTF-8: byte 5 of the file, on line 3, begins no UTF-8 character. Save the file as UTF-8.',
  ]);
  expect(messagesOf(parsed(Uint8Array.of(0x61, 0x0a, 0xc3)))[0]).toContain('byte 3 of the file, on line 2');
  expect(messagesOf(parsed(Uint8Array.of(0xff, 0xfe, 0x61, 0x00)))).toEqual(['x.csv is encoded in UTF-16; UTF-8 was expected. Save the file as UTF-8.']);
});

test('columns are read in the order asked for', () => {
  expect(summary('a,b,c\n1,2,3\n4,5,6\n', { columns: ['c', 'a'] })).toMatchObject({ columns: ['c', 'a'], values: [3, 1, 6, 4] });
});

test('CSV that is written reads back the same', () => {
  const text = writeCsv([['origin', 'a "quoted", name'], ['2012-01-01', 1.5], ['2012-01-02', null]]);
  expect(text).toBe('origin,"a ""quoted"", name"\n2012-01-01,1.5\n2012-01-02,\n');
  expect(summary(text)).toMatchObject({ columns: ['a "quoted", name'], values: [1.5, NaN], dateColumn: 'origin' });
});

describe('category columns', () => {
  const text = 'date,sold,sky,shop\n2021-01-01,1,rain,2\n2021-01-02,2,,10\n2021-01-03,3,sun,2\n';
  test('are labels of every row, classes in alphabetical order, whole numbers by size', () => {
    const { table } = valueOf(parsed(text, { columns: ['sold'], categoryColumns: ['sky', 'shop'] }));
    expect(table.columns.map(({ name }) => name)).toEqual(['sold']);
    expect(table.labels?.map(({ name, perSeries, classes }) => [name, perSeries, classes?.names, [...classes!.indices]])).toEqual([
      ['sky', false, ['rain', 'sun'], [0, -1, 1]],
      ['shop', false, ['2', '10'], [0, 1, 0]],
    ]);
  });
  test('with too many values, and those that are not there, are named', () => {
    const many = `n,id\n${Array.from({ length: 101 }, (_, row) => `${row},id${row}`).join('\n')}\n`;
    expect(messagesOf(parsed(many, { categoryColumns: ['id'] }))).toEqual(['Column "id" of x.csv has 101 different values, too many to be categories: at most 100 are. Choose another category column.']);
    expect(messagesOf(parsed(text, { categoryColumns: ['skies'] }))).toEqual(['x.csv has no column "skies"; it has "date", "sold", "sky" and "shop". Choose one of these.']);
  });
});
