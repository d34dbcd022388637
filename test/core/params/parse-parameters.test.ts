import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeId } from '../../../core/graph/identifiers.ts';
import type { ParameterDeclarations } from '../../../core/params/parameter-declaration.ts';
import { parseParameterText } from '../../../core/params/parse-parameter-text.ts';
import { parseParameters, unknownParameters } from '../../../core/params/parse-parameters.ts';

const facts = { label: 'Label', doc: 'Help.' };
const declarations = {
  units: { kind: 'integer', unit: 'units', minimum: 1, maximum: 65_536, default: 20, ...facts },
  season: { kind: 'optional-integer', unit: 'time steps', minimum: 2, maximum: 400, default: null, ...facts },
  rate: { kind: 'real', unit: 'share', minimum: 0, maximum: 0.99, default: 0.2, ...facts },
  useBias: { kind: 'switch', default: true, ...facts },
  method: { kind: 'choice', options: ['standard', 'min-max'], default: 'standard', ...facts },
  file: { kind: 'text', default: '', ...facts },
  columns: { kind: 'columns', default: null, ...facts },
  weights: { kind: 'numbers', minimum: 0, maximum: 10, default: null, ...facts },
} as const satisfies ParameterDeclarations;

const place = { node: nodeId('node-1'), label: 'Node 1' };
const parse = (given: Readonly<Record<string, unknown>>) => parseParameters(declarations, given, place);

describe('parameters from outside', () => {
  it('take their defaults where they are not given', () => {
    expect(parse({ units: 7, columns: ['x', 'y'] })).toEqual({
      ok: true,
      value: { units: 7, season: null, rate: 0.2, useBias: true, method: 'standard', file: '', columns: ['x', 'y'], weights: null },
    });
  });

  it.each([
    [{ units: 1e9 }, 'Node 1: units is 1,000,000,000, but must be a whole number from 1 to 65,536: choose a smaller number.'],
    [{ units: 0 }, 'Node 1: units is 0, but must be a whole number from 1 to 65,536: choose a larger number.'],
    [{ units: 2.5 }, 'Node 1: units is 2.5, but must be a whole number from 1 to 65,536: its default is 20.'],
    [{ units: '20' }, 'Node 1: units is "20", but must be a whole number from 1 to 65,536: its default is 20.'],
    [{ units: Number.NaN }, 'Node 1: units is NaN, but must be a whole number from 1 to 65,536: its default is 20.'],
    [{ units: null }, 'Node 1: units is none, but must be a whole number from 1 to 65,536: its default is 20.'],
    [{ season: 1 }, 'Node 1: season is 1, but must be a whole number from 2 to 400, or none: choose a larger number.'],
    [{ weights: [1, 11] }, 'Node 1: weights is the list "1, 11", but must be a list of numbers from 0 to 10, or none: its default is none.'],
    [{ rate: 1 }, 'Node 1: rate is 1, but must be a number from 0 to 0.99: choose a smaller number.'],
    [{ rate: Infinity }, 'Node 1: rate is Infinity, but must be a number from 0 to 0.99: choose a smaller number.'],
    [{ useBias: 1 }, 'Node 1: useBias is 1, but must be true or false: its default is true.'],
    [{ method: 'minmax' }, 'Node 1: method cannot be "minmax"; did you mean "min-max"?'],
    [{ method: 'quantile' }, 'Node 1: method cannot be "quantile"; choices: "standard" and "min-max".'],
    [{ method: 3 }, 'Node 1: method is 3, but must be one of "standard" or "min-max": its default is "standard".'],
    [{ file: 3 }, 'Node 1: file is 3, but must be text: its default is "".'],
    [{ columns: ['x', 'x'] }, 'Node 1: columns is the list "x, x", but must be a list of column names without repeats, or none for all columns: its default is none.'],
    [{ columns: [] }, 'Node 1: columns is an empty list, but must be a list of column names without repeats, or none for all columns: its default is none.'],
  ])('are refused in words: %o', (given, message) => {
    const parsed = parse(given);
    expect(parsed.ok ? [] : parsed.diagnostics.map((diagnostic) => diagnostic.message)).toEqual([message]);
  });

  it('are all reported at once, each with a mend', () => {
    const parsed = parse({ units: 0, rate: 2, method: 'minmax' });
    expect(parsed.ok ? [] : parsed.diagnostics.flatMap((diagnostic) => diagnostic.repairs.map((repair) => repair.title))).toEqual([
      'Set units of Node 1 to 20',
      'Set rate of Node 1 to 0.2',
      'Set method of Node 1 to "min-max"',
    ]);
  });

  it('parse to what was given or are refused, whatever is given', () => {
    const given = fc.dictionary(fc.constantFrom(...Object.keys(declarations)), fc.anything());
    fc.assert(
      fc.property(given, (values) => {
        const parsed = parse(values);
        expect(parsed.ok ? parsed.value : values).toMatchObject(values);
      }),
    );
  });
});

it('names that are not declared are reported with the near miss', () => {
  const found = unknownParameters(declarations, JSON.parse('{"unit": 3, "__proto__": 1, "units": 2}') as Readonly<Record<string, unknown>>, place);
  expect(found.map((diagnostic) => diagnostic.message)).toEqual([
    'Node 1 has no parameter "unit"; did you mean "units"?',
    'Node 1 has no parameter "__proto__"; parameters: "units", "season", "rate", "useBias", "method", "file", "columns" and "weights".',
  ]);
});

it.each([
  ['units', '20', 20],
  ['units', 'many', 'many'],
  ['season', 'none', null],
  ['rate', ' 1e-1 ', 0.1],
  ['useBias', 'false', false],
  ['useBias', 'no', 'no'],
  ['method', 'min-max', 'min-max'],
  ['columns', 'temp_max, wind', ['temp_max', 'wind']],
  ['columns', 'none', null],
  ['weights', '1, 0.5', [1, 0.5]],
  ['weights', '1, much', [1, 'much']],
  ['weights', 'none', null],
] as const)('typed on a command line, %s=%s is read as its kind', (name, typed, expected) => {
  expect(parseParameterText(declarations[name], typed)).toEqual(expected);
});
