import { diagnose } from '../diagnostics/diagnose.ts';
import { nearMiss } from '../diagnostics/did-you-mean.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { fail, succeed } from '../diagnostics/result.ts';
import { waveLabels } from '../forecast/wave-generator.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { setParameter } from '../params/parse-parameters.ts';
import { constantSize } from '../shapes/size.ts';
import type { DataNodeType, SeriesFacts, ShapeContext } from './node-type.ts';

/** Generated values beyond this number are refused: 8 bytes each, before windows are cut. */
export const mostGeneratedValues = 100_000_000;

const parameters = {
  source: {
    kind: 'choice', label: 'Source', options: ['generator', 'csv'], default: 'generator',
    doc: 'Waves made by a formula, or the columns of a CSV file.',
  },
  seed: {
    kind: 'integer', label: 'Seed', unit: '', minimum: 0, maximum: 4_294_967_295, default: 42,
    doc: 'Of the generator: the same seed gives the same series.',
  },
  series: {
    kind: 'integer', label: 'Series', unit: 'series', minimum: 1, maximum: 1_000_000, default: 10_000,
    doc: 'How many series the generator makes.',
  },
  steps: {
    kind: 'integer', label: 'Time steps', unit: 'time steps', minimum: 2, maximum: 1_000_000, default: 60,
    doc: 'Length of each generated series: window + horizon gives one sample a series.',
  },
  noise: {
    kind: 'real', label: 'Noise', unit: '', minimum: 0, maximum: 1_000, default: 0.1,
    doc: 'Full width of the uniform noise that the generator adds.',
  },
  file: { kind: 'text', label: 'File', default: '', doc: 'Of a CSV file: its path, relative to the project.' },
  columns: { kind: 'columns', label: 'Columns', default: null, doc: 'Of a CSV file: the columns to read; all numeric ones unless you choose.' },
  dateColumn: {
    kind: 'text', label: 'Date column', default: '',
    doc: 'Of a CSV file: the column with the dates; found by itself unless you name it.',
  },
  seriesColumn: {
    kind: 'text', label: 'Series column', default: '',
    doc: 'Of a CSV file with several series below each other: the column that tells whose row it is. Columns that are constant within every series are then its labels, to classify or regress by. Empty: one series.',
  },
  categoryColumns: {
    kind: 'columns', of: 'words', isNoneByDefault: true, label: 'Category columns', default: null,
    doc: 'Of a CSV file: columns of words (or whole numbers) that name a category at each time step. Their classes are counted in alphabetical order, whole numbers by size, and that order is kept in the run. None unless you choose.',
  },
  calendar: {
    kind: 'switch', label: 'Calendar', default: false,
    doc: 'Of a CSV file with dates: adds the categories month and day of week.',
  },
  gaps: {
    kind: 'choice', label: 'Gaps', options: ['refuse', 'last-value', 'linear', 'keep'], default: 'refuse',
    doc: 'What is done about missing values. Filled values are inputs only and never scored. Keep leaves them missing: windows that read one are left out, unless the Window has a mask.',
  },
  season: {
    kind: 'optional-integer', label: 'Season', unit: 'time steps', minimum: 2, maximum: 1_000_000, default: null,
    doc: 'Time steps after which the pattern repeats (12 for months, 7 for days of a week): adds the seasonal naive baseline.',
  },
} as const satisfies ParameterDeclarations;

type Context = ShapeContext<typeof parameters>;

/** Where data enters. Gives series: rows × named columns, in the data's own unit. */
export const seriesNode: DataNodeType<typeof parameters> = {
  role: 'data',
  type: 'series',
  title: 'Series',
  category: 'data',
  summary: 'Where data enters: generated waves, or the columns of a CSV file.',
  equation: 'x(t) = 0.5·sin((t − o₁)(10·f₁ + 10)) + 0.2·sin((t − o₂)(20·f₂ + 20)) + noise·(u − 0.5),  t from 0 to 1  (generator)',
  inputs: [],
  outputs: [{ name: 'series', carries: 'series', doc: 'The series, in the unit of the data.' }],
  parameters,
  shapes: "Gives series × time steps × columns: the generator's one column is 'value', a file gives the chosen columns of one series, or of several where a column tells them apart.",
  errors: 'A file must be chosen and hold the named columns as numbers; several series in it must be equally long; missing values are refused unless you say how to fill them, or to keep them. More than 100,000,000 generated values are refused.',
  source: {
    author: 'A. Géron',
    year: 2019,
    title: 'Hands-On Machine Learning with Scikit-Learn, Keras, and TensorFlow, 2nd edition, chapter 15 (generator)',
    link: 'https://github.com/ageron/handson-ml2',
  },
  shape: (context) => {
    const diagnostics = context.parameters.source === 'generator' ? tooManyValues(context) : fileFaults(context);
    return diagnostics.length > 0 ? fail(...diagnostics) : succeed({ series: factsOf(context) });
  },
};

function factsOf({ node, parameters: chosen, data }: Context): SeriesFacts {
  const lineage = { kind: 'series', series: node, scale: null } as const;
  if (chosen.source === 'generator') {
    return { ...lineage, columns: ['value'], seriesCount: constantSize(chosen.series), steps: constantSize(chosen.steps), labels: waveLabels };
  }
  return {
    ...lineage,
    columns: chosen.columns ?? data?.columns,
    seriesCount: data === undefined ? undefined : constantSize(data.seriesCount),
    steps: data === undefined ? undefined : constantSize(data.steps),
    labels: data === undefined ? undefined : (data.labels ?? []),
  };
}

function tooManyValues({ node, label, parameters: { series, steps } }: Context): readonly Diagnostic[] {
  if (series * steps <= mostGeneratedValues) return [];
  const most = Math.floor(mostGeneratedValues / steps);
  const facts = { label, series, steps, limit: mostGeneratedValues, most };
  return [diagnose('too-many-values', { kind: 'node', node, parameter: 'series' }, facts, [setParameter({ node, label }, 'series', most)])];
}

function fileFaults({ node, label, parameters: { file, columns }, data }: Context): readonly Diagnostic[] {
  const place = { node, label };
  if (data === undefined) {
    if (file !== '') return [];
    return [diagnose('no-data-file', { kind: 'node', node, parameter: 'file' }, { label }, [setParameter(place, 'source', 'generator')])];
  }
  return (columns ?? [])
    .filter((column) => !data.columns.includes(column))
    .map((column) => {
      const near = nearMiss(column, data.columns);
      const repaired = columns?.map((name) => (name === column && near !== undefined ? near : name)) ?? [];
      const repairs = near === undefined || columns?.includes(near) ? [] : [setParameter(place, 'columns', repaired)];
      return diagnose('unknown-column', { kind: 'node', node, parameter: 'columns' }, { label, column, columns: data.columns, near }, repairs);
    });
}
