import { expect, test } from 'vitest';
import { parseCsv } from '../../../formats/csv/parse-csv.ts';
import { messagesOf, valueOf } from '../../support/forecast-data.ts';

function parsed(dates: readonly string[], name = 'date', dateColumn: string | null = null) {
  const text = [`${name};value`, ...dates.map((date, row) => `${date};${row}`)].join('\n');
  return parseCsv(new TextEncoder().encode(text), { file: 'x.csv', dateColumn, delimiter: ';' });
}

function datesOf(...dates: readonly string[]): readonly string[] | null {
  const { time } = valueOf(parsed(dates)).table;
  return time.kind === 'date' ? [...time.milliseconds].map((value) => new Date(value).toISOString().replace('.000Z', 'Z').replace('T00:00:00Z', '')) : null;
}

test('ISO dates, months, moments with and without an offset', () => {
  expect(datesOf('2012-01-31', '2012-02-29')).toEqual(['2012-01-31', '2012-02-29']);
  expect(datesOf('1958/03', '1958/04')).toEqual(['1958-03-01', '1958-04-01']);
  expect(datesOf('2012-01-01 06:30', '2012-01-01T07:30:15.250Z')).toEqual(['2012-01-01T06:30:00Z', '2012-01-01T07:30:15.250Z']);
  expect(datesOf('2012-01-01T01:00+02:00', '2012-01-01T00:00Z')).toEqual(['2011-12-31T23:00:00Z', '2012-01-01']);
  expect(datesOf('0050-01-01', '0051-01-01')).toEqual(['0050-01-01', '0051-01-01']);
});

test('YYYYMMDD, and points between day, month and year', () => {
  expect(datesOf('19580329', '19580405')).toEqual(['1958-03-29', '1958-04-05']);
  expect(datesOf('3.4.2012', '4.4.2012')).toEqual(['2012-04-03', '2012-04-04']);
});

test('the order of day and month is taken from a row that decides it, or asked for', () => {
  expect(datesOf('12/01/2012', '13/01/2012')).toEqual(['2012-01-12', '2012-01-13']);
  expect(datesOf('1/12/2012', '1/13/2012')).toEqual(['2012-01-12', '2012-01-13']);
  expect(messagesOf(parsed(['01/02/2012', '01/03/2012']))).toEqual([
    'Date column "date" of x.csv can be read with the day first or the month first (line 2 holds "01/02/2012"), and no row decides it. Write dates as YYYY-MM-DD.',
  ]);
});

test('a row that does not come after the one before it is named with both lines', () => {
  expect(messagesOf(parsed(['2012-01-01', '2012-01-03', '2012-01-03']))).toEqual([
    'Line 4 of x.csv: "2012-01-03" in date column "date" does not come after "2012-01-03" on line 3. Sort the rows by date, oldest first, and keep one row a date.',
  ]);
  expect(messagesOf(parsed(['1700', '1702', '1701'], 'YEAR'))[0]).toContain('"1701" in date column "YEAR" does not come after "1702" on line 3');
});

test('a cell that is no date like the others is named', () => {
  for (const wrong of ['2012-02-30', 'soon', '', '2012-13-01', '2012-01-02T25:00']) {
    expect(messagesOf(parsed(['2012-01-01', wrong]))).toEqual([
      `Line 3 of x.csv: "${wrong}" in date column "date" is not a date like the others. Write dates as YYYY-MM-DD, or choose another date column.`,
    ]);
  }
});

test('years index the rows under a name that says so; elsewhere they are values', () => {
  expect(valueOf(parsed(['1700', '1701'], 'Year')).dateColumn).toBe('Year');
  expect(valueOf(parsed(['1700', '1701'], 'price')).dateColumn).toBeNull();
  expect(valueOf(parsed(['2001', '2001', '2001', '2002'], 'year')).table.columns.map(({ name }) => name)).toEqual(['year', 'value']);
});

test('a named column of rising numbers can be the index; an empty name asks for none', () => {
  expect(valueOf(parsed(['0.5', '1', '1.5'], 't', 't')).table.time).toEqual({ kind: 'number', name: 't', values: Float64Array.of(0.5, 1, 1.5) });
  expect(valueOf(parsed(['2012-01-02', '2012-01-01'], 'date', '')).table.time).toEqual({ kind: 'step' });
});

test('dates that are not evenly spaced are warned of', () => {
  const { diagnostics } = valueOf(parsed(['2012-01-01', '2012-01-02', '2012-01-05', '2012-01-06']));
  expect(diagnostics.map(({ severity, message }) => [severity, message])).toEqual([
    ['warning', 'The dates in column "date" of x.csv are not evenly spaced in 1 place (first before line 4); rows are taken as equal time steps. Insert the missing dates with empty cells to keep time even.'],
  ]);
});
