import { diagnose } from '../diagnostics/diagnose.ts';
import { nearMiss } from '../diagnostics/did-you-mean.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { fail, succeed, type Result } from '../diagnostics/result.ts';
import type { LabelFacts } from '../forecast/series-labels.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { setParameter } from '../params/parse-parameters.ts';
import { tensorInput } from './layer-ports.ts';
import type { DataNodeType, SeriesFacts, ShapeContext } from './node-type.ts';
import { targetWeight } from './target-parameters.ts';
import { vectorFaults } from './target-width.ts';

const parameters = {
  label: {
    kind: 'text', label: 'Label', default: '',
    doc: 'The label whose class is told: of the generator "faster wave", of a CSV file a column that names classes. Empty: the only one there is.',
  },
  loss: {
    kind: 'choice', label: 'Loss', options: ['categorical-crossentropy', 'binary-crossentropy'], default: 'categorical-crossentropy',
    doc: 'Categorical: one value (logit) for each class. Binary: one value for the second of two classes.',
  },
  balanced: {
    kind: 'switch', label: 'Balanced', default: false,
    doc: 'On: rare classes weigh more in the loss, so that every class counts alike.',
  },
  ...targetWeight,
} as const satisfies ParameterDeclarations;

type Context = ShapeContext<typeof parameters>;

/** Where a model ends that tells classes apart. Reads (batch, classes), or (batch, 1) for the binary loss: logits. */
export const classifyNode: DataNodeType<typeof parameters> = {
  role: 'target',
  type: 'classify',
  title: 'Classify',
  category: 'target',
  summary: 'The target: the class that a series belongs to.',
  equation: [
    'loss = Σ w·ℓ / Σ w',
    'categorical: ℓ = log Σ exp zᵢ − z(true class),  probabilities: exp zᵢ / Σ exp zⱼ',
    'binary: ℓ = max(z, 0) − z·y + log(1 + exp(−|z|)),  probability: 1 / (1 + exp(−z))',
  ].join('\n'),
  inputs: [{ name: 'predictions', carries: 'tensor', doc: 'A logit for each class (any number, not yet a probability), or one for the second of two.' }],
  outputs: [],
  parameters,
  shapes: 'Reads (batch, classes feature), or (batch, 1 feature) for the binary loss.',
  errors: 'The series must have a label that names classes, two of them for the binary loss; the last layer must give one vector a series, as wide as there are classes, and linear: probabilities are made of it here.',
  source: {
    author: 'J. S. Bridle',
    year: 1990,
    title: 'Probabilistic interpretation of feedforward classification network outputs (softmax and cross-entropy)',
    link: 'https://doi.org/10.1007/978-3-642-76153-9_28',
  },
  shape: (context) => {
    const label = classLabel(context);
    if (!label.ok) return label;
    if (label.value === null) return succeed({});
    const classes = label.value.classes ?? [];
    if (context.parameters.loss === 'binary-crossentropy' && classes.length !== 2) return fail(notBinary(context, label.value.name, classes.length));
    const isBinary = context.parameters.loss === 'binary-crossentropy';
    const faults = vectorFaults(context, isBinary ? 1 : classes.length, isBinary ? 'one logit, of the second class' : `one logit for each of ${classes.length} classes`);
    return faults.length > 0 ? fail(...faults) : succeed({});
  },
};

/** The label that is told; null while labels wait for the data. */
function classLabel(context: Context): Result<LabelFacts | null> {
  const { series } = tensorInput(context, 'predictions');
  return findLabel(context, series, context.parameters.label, 'label', (label) => label.classes !== null, 'names classes');
}

/** The label of that name, or where the name is empty the first that fits. */
function findLabel(
  context: Pick<ShapeContext, 'node' | 'label'>,
  series: SeriesFacts,
  name: string,
  parameter: string,
  fits: (label: LabelFacts) => boolean,
  what: string,
): Result<LabelFacts | null> {
  if (series.labels === undefined) return succeed(null);
  const fitting = series.labels.filter(fits);
  const found = name === '' ? fitting[0] : fitting.find((label) => label.name === name);
  if (found !== undefined) return succeed(found);
  const names = fitting.map((label) => label.name);
  const near = nearMiss(name, names) ?? names[0];
  const where = { kind: 'node', node: context.node, parameter } as const;
  return fail(diagnose('no-such-label', where, { label: context.label, name, what, known: names }, near === undefined ? [] : [setParameter(context, parameter, near)]));
}

function notBinary(context: Context, name: string, count: number): Diagnostic {
  const where = { kind: 'node', node: context.node, parameter: 'loss' } as const;
  return diagnose('not-two-classes', where, { label: context.label, name, count }, [setParameter(context, 'loss', 'categorical-crossentropy')]);
}
