import { countOf } from '../diagnostics/phrases.ts';
import { fail, succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { tensorInput } from './layer-ports.ts';
import type { DataNodeType } from './node-type.ts';
import { unknownColumns } from './target-columns.ts';
import { errorLossEquations, errorLosses, targetWeight } from './target-parameters.ts';
import { sequenceFaults } from './target-width.ts';

const parameters = {
  columns: { kind: 'columns', label: 'Columns', default: null, doc: 'The columns that are drawn; all columns of the series unless you choose.' },
  ...errorLosses,
  ...targetWeight,
} as const satisfies ParameterDeclarations;

/** Where a model ends that draws the series themselves. Reads (batch, window time, columns). */
export const reconstructNode: DataNodeType<typeof parameters> = {
  role: 'target',
  type: 'reconstruct',
  title: 'Reconstruct',
  category: 'target',
  summary: 'The target: the window itself, drawn from a vector: from labels of the series, or from a code that the network makes of it.',
  equation: ['loss = Σ w·ℓ(ŷ − x) / Σ w,  w = 1 where x is known, else 0', ...errorLossEquations].join('\n'),
  inputs: [{ name: 'predictions', carries: 'tensor', doc: 'One value for each column at every time step of the window.' }],
  outputs: [],
  parameters,
  shapes: 'Reads (batch, window time, columns feature).',
  errors: 'The last layer must give a value for each column at every time step of the window: Repeat Vector makes a sequence of a vector. A layer that reads the window itself sees the truth: lead it through a vector.',
  source: {
    author: 'G. E. Hinton, R. R. Salakhutdinov',
    year: 2006,
    title: 'Reducing the dimensionality of data with neural networks',
    link: 'https://doi.org/10.1126/science.1127647',
  },
  shape: (context) => {
    const { series } = tensorInput(context, 'predictions');
    const faults = unknownColumns(context, series.columns);
    if (faults.length > 0) return fail(...faults);
    const columns = (context.parameters.columns ?? series.columns)?.length;
    const found = sequenceFaults(context, columns, columns === undefined ? '' : `one for each of ${countOf(columns, 'column')}`);
    return found.length > 0 ? fail(...found) : succeed({});
  },
};
