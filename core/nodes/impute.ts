import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { countOf } from '../diagnostics/phrases.ts';
import { fail, succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { setParameter } from '../params/parse-parameters.ts';
import { tensorInput } from './layer-ports.ts';
import type { DataNodeType, ShapeContext } from './node-type.ts';
import { unknownColumns } from './target-columns.ts';
import { errorLossEquations, errorLosses, targetWeight } from './target-parameters.ts';
import { sequenceFaults } from './target-width.ts';
import { nodeAbove } from './upstream.ts';

const parameters = {
  columns: { kind: 'columns', label: 'Columns', default: null, doc: 'The columns whose gaps are filled; all columns of the series unless you choose.' },
  hiddenShare: {
    kind: 'real', label: 'Hidden share', unit: 'share', minimum: 0.001, maximum: 0.95, default: 0.15,
    doc: 'How much of what is known is hidden from the network, anew in every epoch, so that it learns to fill it. At least one value a window.',
  },
  hiddenRun: {
    kind: 'real', label: 'Hidden run', unit: 'time steps', minimum: 1, maximum: 10_000, default: 3,
    doc: 'How long a hidden stretch is on average (geometrically distributed): about as long as the gaps that are to be filled.',
  },
  visibleWeight: {
    kind: 'real', label: 'Visible weight', unit: '', minimum: 0, maximum: 1, default: 0,
    doc: 'How much a value that is not hidden counts in the loss beside a hidden one: 0 learns from hidden values alone.',
  },
  centerWindows: {
    kind: 'switch', label: 'Centre windows', default: false,
    doc: 'On: the mean of what is visible in a window is taken from its values before the network, and added again after it. The network then tells deviations from the level of the window, also where a trend has led beyond what it was trained on.',
  },
  ...errorLosses,
  ...targetWeight,
} as const satisfies ParameterDeclarations;

type Context = ShapeContext<typeof parameters>;

/** Where a model ends that fills gaps. Reads (batch, window time, columns). */
export const imputeNode: DataNodeType<typeof parameters> = {
  role: 'target',
  type: 'impute',
  title: 'Impute',
  category: 'target',
  summary: 'The target: the missing values of the window itself, learned by hiding known ones.',
  equation: [
    'x̃(t) = m(t)·x(t),  m(t) = 0 where x(t) is missing or hidden, else 1',
    'loss = Σ w·ℓ(ŷ − x) / Σ w,  w = 1 where hidden, the visible weight where visible, 0 where missing',
    ...errorLossEquations,
  ].join('\n'),
  inputs: [{ name: 'predictions', carries: 'tensor', doc: 'One value for each column at every time step of the window.' }],
  outputs: [],
  parameters,
  shapes: 'Reads (batch, window time, columns feature).',
  errors: 'The Window must have a mask, and the Series must keep its gaps; the last layer must give a value for each column at every time step of the window. A graph has one Impute. Windows lie wholly in one part of the data, so that looking both ways never looks into another part.',
  source: {
    author: 'G. Zerveas, S. Jayaraman, D. Patel, A. Bhamidipaty, C. Eickhoff',
    year: 2021,
    title: 'A transformer-based framework for multivariate time series representation learning (hidden stretches)',
    link: 'https://doi.org/10.1145/3447548.3467401',
  },
  shape: (context) => {
    const { series } = tensorInput(context, 'predictions');
    const faults = [...dataFaults(context), ...unknownColumns(context, series.columns)];
    if (faults.length > 0) return fail(...faults);
    const columns = (context.parameters.columns ?? series.columns)?.length;
    const found = sequenceFaults(context, columns, columns === undefined ? '' : `one for each of ${countOf(columns, 'column')}`);
    return found.length > 0 ? fail(...found) : succeed({});
  },
};

/** What the Window and the Series above must say for gaps to be seen. */
function dataFaults(context: Context): readonly Diagnostic[] {
  const faults: Diagnostic[] = [];
  const where = { kind: 'node', node: context.node } as const;
  const window = nodeAbove(context.feeders['predictions'], 'window');
  if (window !== undefined && window.parameters['mask'] !== true) {
    const place = { node: window.node.id, label: window.label };
    faults.push(diagnose('impute-needs-mask', where, { label: context.label, window: window.label }, [setParameter(place, 'mask', true)]));
  }
  const series = nodeAbove(window, 'series');
  const gaps = series?.parameters['gaps'];
  if (series !== undefined && series.parameters['source'] === 'csv' && gaps !== 'keep') {
    const place = { node: series.node.id, label: series.label };
    faults.push(diagnose('impute-needs-gaps', where, { label: context.label, series: series.label, gaps: String(gaps) }, [setParameter(place, 'gaps', 'keep')]));
  }
  return faults;
}
