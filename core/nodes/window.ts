import { diagnose } from '../diagnostics/diagnose.ts';
import { nearMiss } from '../diagnostics/did-you-mean.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { fail, succeed } from '../diagnostics/result.ts';
import { checkSplit } from '../forecast/split.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { setParameter } from '../params/parse-parameters.ts';
import { sequenceShape } from '../shapes/shape.ts';
import { constantSize, symbolSize } from '../shapes/size.ts';
import { seriesInput } from './layer-ports.ts';
import type { DataNodeType, SeriesFacts, ShapeContext } from './node-type.ts';
import { classLabels } from './window-categories.ts';

const parameters = {
  window: {
    kind: 'integer', label: 'Window', unit: 'time steps', minimum: 1, maximum: 10_000, default: 50,
    doc: 'How many time steps up to its origin a forecast may see.',
  },
  stride: {
    kind: 'integer', label: 'Stride', unit: 'time steps', minimum: 1, maximum: 10_000, default: 1,
    doc: 'Time steps from one window to the next.',
  },
  splitBy: {
    kind: 'choice', label: 'Split by', options: ['time', 'series'], default: 'time',
    doc: 'Time: the oldest time steps train, the newest test. Series: whole series train, others test.',
  },
  trainingShare: { kind: 'real', label: 'Training share', unit: 'share', minimum: 0.01, maximum: 1, default: 0.7, doc: 'Share of the data that trains.' },
  validationShare: {
    kind: 'real', label: 'Validation share', unit: 'share', minimum: 0, maximum: 0.99, default: 0.2,
    doc: 'Share that decides when to stop and which weights to keep. What is left is the test part.',
  },
  mask: {
    kind: 'switch', label: 'Mask', default: false,
    doc: 'On: a second feature for each column says where it has a value (1) and where it has none (0), and missing values are read as zero, after scaling. Windows with gaps are then kept; an Impute target needs it.',
  },
  labels: {
    kind: 'columns', of: 'numbers', isNoneByDefault: true, label: 'Labels', default: null,
    doc: 'Numbers of the whole series (the generator has four) that are given as features after columns and masks, the same at every time step, each standardised on the training part. Take Step and Crop Features make one vector a series of them. None unless you choose.',
  },
  categories: {
    kind: 'columns', of: 'classes', isNoneByDefault: true, label: 'Categories', default: null,
    doc: 'Labels of the series, or of its time steps (month, day of week, a category column), that are given as features after all others, by the number of their class, for an Embedding to read. None unless you choose.',
  },
} as const satisfies ParameterDeclarations;

/** Cuts series into samples. Shape: series → (batch, window time, columns feature), with a mask twice the features. */
export const windowNode: DataNodeType<typeof parameters> = {
  role: 'data',
  type: 'window',
  title: 'Window',
  category: 'data',
  summary: 'Cuts series into samples of equal length and divides them into training, validation and test.',
  equation: 'sample k of a series: x[k·stride … k·stride + window − 1],  targets: the horizon that follows',
  inputs: [{ name: 'series', carries: 'series', doc: 'Series, scaled or not.' }],
  outputs: [{ name: 'windows', carries: 'tensor', doc: 'One sample each: the last `window` time steps before a forecast.' }],
  parameters,
  shapes: 'Reads series × time steps × columns. Gives (batch, window time, columns feature); with a mask (batch, window time, 2 × columns feature), the masks after the values. Labels and then categories are further features, the last ones.',
  errors: 'Series must be at least window + horizon long, in the training part too where the split is by time. No target value lies in two parts: windows may reach back across a border, never forward.',
  source: {
    author: 'R. J. Hyndman, G. Athanasopoulos',
    year: 2021,
    title: 'Forecasting: principles and practice, 3rd edition, section 5.8',
    link: 'https://otexts.com/fpp3/accuracy.html',
  },
  shape: (context) => {
    const series = seriesInput(context);
    const { window, splitBy, trainingShare, validationShare, mask, labels, categories } = context.parameters;
    const faults = checkSplit({ by: splitBy, trainingShare, validationShare }, { kind: 'node', node: context.node, parameter: 'trainingShare' });
    const unknown = [...unknownNames(context, series, 'labels'), ...unknownNames(context, series, 'categories')];
    if (faults.length + unknown.length > 0) return fail(...faults, ...unknown);
    const features = series.columns === undefined ? symbolSize('columns') : constantSize(series.columns.length * (mask ? 2 : 1) + (labels ?? []).length + (categories ?? []).length);
    const shape = sequenceShape(constantSize(window), features);
    return succeed({ windows: { kind: 'tensor', shape, window: context.node, windowLength: window, series } });
  },
};

function unknownNames(context: ShapeContext<typeof parameters>, series: SeriesFacts, parameter: 'labels' | 'categories'): readonly Diagnostic[] {
  const fitting = parameter === 'labels' ? series.labels?.filter(({ isNumber }) => isNumber) : classLabels(series);
  const known = fitting?.map(({ name }) => name);
  const chosen = context.parameters[parameter] ?? [];
  if (known === undefined) return [];
  return chosen
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearMiss(name, known);
      const left = chosen.flatMap((own) => (own !== name ? [own] : near === undefined || chosen.includes(near) ? [] : [near]));
      const repair = setParameter(context, parameter, left.length === 0 ? null : left);
      const where = { kind: 'node', node: context.node, parameter } as const;
      const { label } = context;
      return parameter === 'labels' ? diagnose('no-such-label', where, { label, name, what: 'is a number', known }, [repair]) : diagnose('no-such-category', where, { label, name, known }, [repair]);
    });
}
