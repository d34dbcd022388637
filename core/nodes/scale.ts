import { diagnose } from '../diagnostics/diagnose.ts';
import { fail, succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { seriesInput } from './layer-ports.ts';
import type { DataNodeType } from './node-type.ts';

const parameters = {
  method: {
    kind: 'choice', label: 'Method', options: ['standard', 'min-max'], default: 'standard',
    doc: 'Standard: mean 0 and standard deviation 1. Min-max: from 0 to 1. Both by what the training part shows.',
  },
} as const satisfies ParameterDeclarations;

/** Scales each column by figures of the training part; forecasts are brought back to the data's unit. */
export const scaleNode: DataNodeType<typeof parameters> = {
  role: 'data',
  type: 'scale',
  title: 'Scale',
  category: 'data',
  summary: 'Brings each column to a size that trains well; fitted on the training part only.',
  equation: 'standard: y = (x − mean) / standard deviation\nmin-max: y = (x − min) / (max − min)',
  inputs: [{ name: 'series', carries: 'series', doc: "The series, in the data's unit." }],
  outputs: [{ name: 'series', carries: 'series', doc: 'The same rows and columns, scaled.' }],
  parameters,
  shapes: 'Reads and gives series × time steps × columns.',
  errors: 'Series are scaled once: a second Scale on the same way is refused. A column that is constant in the training part is only shifted.',
  source: {
    author: 'F. Pedregosa and others',
    year: 2011,
    title: 'Scikit-learn: machine learning in Python (StandardScaler, MinMaxScaler)',
    link: 'https://jmlr.org/papers/v12/pedregosa11a.html',
  },
  shape: (context) => {
    const facts = seriesInput(context);
    if (facts.scale === null) return succeed({ series: { ...facts, scale: context.node } });
    const feeder = context.feeders['series'];
    const { node, label } = context;
    return fail(diagnose('scaled-twice', { kind: 'node', node, port: 'series' }, { label, feeder: feeder?.label ?? 'the node before' }));
  },
};
