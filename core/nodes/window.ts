import { fail, succeed } from '../diagnostics/result.ts';
import { checkSplit } from '../forecast/split.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { sequenceShape } from '../shapes/shape.ts';
import { constantSize, symbolSize } from '../shapes/size.ts';
import { seriesInput } from './layer-ports.ts';
import type { DataNodeType } from './node-type.ts';

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
  shapes: 'Reads series × time steps × columns. Gives (batch, window time, columns feature); with a mask (batch, window time, 2 × columns feature), the masks after the values.',
  errors: 'Series must be at least window + horizon long, in the training part too where the split is by time. No target value lies in two parts: windows may reach back across a border, never forward.',
  source: {
    author: 'R. J. Hyndman, G. Athanasopoulos',
    year: 2021,
    title: 'Forecasting: principles and practice, 3rd edition, section 5.8',
    link: 'https://otexts.com/fpp3/accuracy.html',
  },
  shape: (context) => {
    const series = seriesInput(context);
    const { window, splitBy, trainingShare, validationShare, mask } = context.parameters;
    const faults = checkSplit({ by: splitBy, trainingShare, validationShare }, { kind: 'node', node: context.node, parameter: 'trainingShare' });
    if (faults.length > 0) return fail(...faults);
    const features = series.columns === undefined ? symbolSize('columns') : constantSize(series.columns.length * (mask ? 2 : 1));
    const shape = sequenceShape(constantSize(window), features);
    return succeed({ windows: { kind: 'tensor', shape, window: context.node, windowLength: window, series } });
  },
};
