import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { nearMiss } from '../../core/diagnostics/did-you-mean.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { trainingSchema } from '../../core/document/document-schema.ts';
import { describeSchemaIssue } from '../../core/document/schema-issue.ts';
import type { GraphDocument, OptimizerSettings } from '../../core/graph/graph-document.ts';

/** What stands for the training settings where a node is named: `--set training.learningRate=0.01`. */
export const trainingNode = 'training';

const optimizers: Readonly<Record<OptimizerSettings['kind'], OptimizerSettings>> = {
  adam: { kind: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  sgd: { kind: 'sgd', learningRate: 0.01, momentum: 0.9, nesterov: false },
};

/** Sets one training setting, judged by the rules of the project file. `optimizer=sgd` changes the kind and takes its defaults. */
export function setTraining(document: GraphDocument, name: string, text: string): Result<GraphDocument> {
  const { optimizer, ...others } = document.training;
  const { kind: _kind, ...tuning } = optimizer;
  const known = [...Object.keys(others), 'optimizer', ...Object.keys(tuning)];
  if (!known.includes(name)) {
    const facts = { label: trainingNode, parameter: name, declared: known, nearest: nearMiss(name, known) };
    return fail(diagnose('set-unknown-parameter', { kind: 'option', option: '--set' }, facts));
  }
  const changed =
    name === 'optimizer'
      ? { ...others, optimizer: text === 'adam' || text === 'sgd' ? optimizers[text] : { kind: text } }
      : Object.hasOwn(tuning, name)
        ? { ...others, optimizer: { ...optimizer, [name]: readValue(text) } }
        : { ...others, optimizer, [name]: readValue(text) };
  const training = trainingSchema.safeParse(changed);
  if (training.success) return succeed({ ...document, training: training.data });
  const inProject = { training: changed };
  return fail(...training.error.issues.flatMap((issue) => describeSchemaIssue({ ...issue, path: ['training', ...issue.path] }, inProject)));
}

function readValue(text: string): string | number | boolean | null {
  const typed = text.trim();
  if (typed === 'none') return null;
  if (typed === 'true' || typed === 'false') return typed === 'true';
  const number = Number(typed);
  return typed === '' || Number.isNaN(number) ? typed : number;
}
