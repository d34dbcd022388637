import { diagnose } from '../diagnostics/diagnose.ts';
import { nearMiss } from '../diagnostics/did-you-mean.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { fail, succeed } from '../diagnostics/result.ts';
import { countOf } from '../diagnostics/phrases.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { setParameter } from '../params/parse-parameters.ts';
import { tensorInput } from './layer-ports.ts';
import type { DataNodeType, SeriesFacts, ShapeContext } from './node-type.ts';
import { errorLossEquations, errorLosses, huberSource, targetWeight } from './target-parameters.ts';
import { vectorFaults } from './target-width.ts';

const parameters = {
  labels: {
    kind: 'columns', of: 'numbers', label: 'Labels', default: null,
    doc: 'The numbers to tell of each series: of the generator its frequencies and offsets, of a CSV file columns with one number a series. All of them unless you choose.',
  },
  ...errorLosses,
  ...targetWeight,
} as const satisfies ParameterDeclarations;

type Context = ShapeContext<typeof parameters>;

/** Where a model ends that tells numbers of a series. Reads (batch, labels). */
export const regressNode: DataNodeType<typeof parameters> = {
  role: 'target',
  type: 'regress',
  title: 'Regress',
  category: 'target',
  summary: 'The target: numbers that belong to a whole series.',
  equation: ['loss = Σ w·ℓ(ŷ − y) / Σ w', ...errorLossEquations].join('\n'),
  inputs: [{ name: 'predictions', carries: 'tensor', doc: 'One value for each label, in the order of the labels; each label is standardised on the training part.' }],
  outputs: [],
  parameters,
  shapes: 'Reads (batch, labels feature).',
  errors: 'The series must have labels that are numbers; the last layer must give one vector a series, with a value for each.',
  source: huberSource,
  shape: (context) => {
    const { series } = tensorInput(context, 'predictions');
    const names = numberLabels(series);
    if (names === undefined) return succeed({});
    const faults = labelFaults(context, names);
    if (faults.length > 0) return fail(...faults);
    const wanted = (context.parameters.labels ?? names).length;
    const found = vectorFaults(context, wanted, `one value for each of ${countOf(wanted, 'label')}`);
    return found.length > 0 ? fail(...found) : succeed({});
  },
};

/** The names of the labels that are numbers; undefined while they wait for the data. */
function numberLabels(series: SeriesFacts): readonly string[] | undefined {
  return series.labels?.filter(({ isNumber }) => isNumber).map(({ name }) => name);
}

function labelFaults(context: Context, names: readonly string[]): readonly Diagnostic[] {
  const where = { kind: 'node', node: context.node, parameter: 'labels' } as const;
  const chosen = context.parameters.labels;
  const facts = { label: context.label, what: 'is a number', known: names };
  if (chosen === null) return names.length > 0 ? [] : [diagnose('no-such-label', where, { ...facts, name: '' })];
  return chosen
    .filter((name) => !names.includes(name))
    .map((name) => {
      const near = nearMiss(name, names);
      const repaired = chosen.map((own) => (own === name && near !== undefined ? near : own));
      const repairs = near === undefined || chosen.includes(near) ? [setParameter(context, 'labels', null)] : [setParameter(context, 'labels', repaired)];
      return diagnose('no-such-label', where, { ...facts, name }, repairs);
    });
}
