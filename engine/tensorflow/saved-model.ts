import type { Program, Variable } from '../../core/program/program.ts';
import { hoistProgram } from '../../core/program/passes/optimize-program.ts';
import { evaluateSize } from '../../core/shapes/size.ts';
import type { NamedTensors } from '../session.ts';
import { spellEntry } from './entry-graph.ts';
import { dataTypeOf, ofType } from './graph-node.ts';
import type { GraphDefinition } from './graph-node.ts';
import { GraphScope } from './graph-scope.ts';
import type { GraphTensor } from './graph-scope.ts';
import { encodeSavedModel } from './saved-model-definition.ts';
import type { Signature, TensorSignature } from './saved-model-definition.ts';
import { spellProgram } from './program-graph.ts';
import { defaultSpellingSettings } from './scan-spelling.ts';
import { staticShape } from './symbolic-shape.ts';

/** The signature that tools look for when they are told none. */
const signatureName = 'serving_default';
const trainingSignatureName = 'train';
const prefix = 'predict/';

/** A program's predictions as a graph of plain TensorFlow operations, the weights as constants. */
export interface PredictionGraph {
  readonly graph: GraphDefinition;
  readonly inputs: readonly TensorSignature[];
  readonly outputs: readonly TensorSignature[];
}

/**
 * The content of saved_model.pb for a program's predictions: its `predict` entry with the weights as constants, for any
 * batch size. The signature `serving_default` names inputs and outputs as the entry does, other characters than letters,
 * digits and _ replaced by _.
 *
 * @param weights the value of every variable that the entry reads, by name
 * @param tensorFlowVersion the version written into the file
 */
export function encodePredictions(program: Program, weights: NamedTensors, tensorFlowVersion: string): Uint8Array {
  const { graph, inputs, outputs } = predictionGraph(program, weights);
  return encodeSavedModel({ graph, signatures: [{ name: signatureName, inputs, outputs }] }, tensorFlowVersion);
}

/**
 * A program's `predict` entry with the weights as constants, for any batch size.
 *
 * @param weights the value of every variable that the entry reads, by name
 */
export function predictionGraph(program: Program, weights: NamedTensors): PredictionGraph {
  const { entries, variables } = hoistProgram(program);
  const entry = entries.predict;
  if (entry === undefined) throw new RangeError('the program has no entry "predict"');
  const root = GraphScope.graph();
  const reads = entry.reads.map((name) => frozen(root, variables.find((variable) => variable.name === name), weights));
  const spelled = spellEntry(root, prefix, entry, reads, defaultSpellingSettings);
  const scope = root.child(prefix);
  const outputs = entry.outputs.map((name, index): TensorSignature => {
    const tensor = spelled.outputs[index];
    const type = entry.body.values[entry.body.outputs[index] ?? -1];
    if (tensor === undefined || type === undefined) throw new RangeError(`entry "predict" gives no output "${name}"`);
    const named = scope.add('Identity', [tensor], tensor.type, { T: ofType(tensor.type) }, { name: `output_${index}` });
    return { key: identifier(name), tensor: `${named.node}:0`, type: tensor.type, shape: staticShape(type.shape) };
  });
  const inputs = entry.inputs.map(({ name, type, shape }, index): TensorSignature => {
    const placeholder = spelled.placeholders[index];
    if (placeholder === undefined) throw new RangeError(`entry "predict" takes no input "${name}"`);
    return { key: identifier(name), tensor: `${placeholder.node}:0`, type: dataTypeOf[type], shape: staticShape(shape) };
  });
  return { graph: { nodes: root.nodes, functions: root.functions.definitions }, inputs, outputs };
}

/**
 * The same with a second signature, `train`: a step of the program's `train` entry, which moves the weights that predictions
 * are made with from then on. The optimiser's own variables start from zero, as at the start of a training.
 *
 * @param name tells this model's variables from those of others in a process that loads several
 */
export function encodeTrainable(program: Program, weights: NamedTensors, tensorFlowVersion: string, name: string): Uint8Array {
  const { predict, train } = program.entries;
  if (predict === undefined || train === undefined) throw new RangeError('the program has no entry "predict", or none "train"');
  const served = hoistProgram({ ...program, entries: { predict, train } });
  const { graph, initializer, entries } = spellProgram(served, new Set(), defaultSpellingSettings, { values: weights, namePrefix: `${name}/` });
  const signatures = ([['predict', signatureName], ['train', trainingSignatureName]] as const).map(([entryName, called]): Signature => {
    const [entry, address] = [served.entries[entryName], entries.get(entryName)];
    if (entry === undefined || address === undefined) throw new RangeError(`the graph has no entry "${entryName}"`);
    const inputs = entry.inputs.map(({ name: input, type, shape }, index) => ({ key: identifier(input), tensor: address.inputs[index]!, type: dataTypeOf[type], shape: staticShape(shape) }));
    const outputs = entry.outputs.map((output, index): TensorSignature => {
      const value = entry.body.values[entry.body.outputs[index]!]!;
      return { key: identifier(output), tensor: address.outputs.get(output)!, type: dataTypeOf[value.type], shape: staticShape(value.shape) };
    });
    return { name: called, inputs, outputs };
  });
  return encodeSavedModel({ graph, signatures, initializer }, tensorFlowVersion);
}

function frozen(root: GraphScope, variable: Variable | undefined, weights: NamedTensors): GraphTensor {
  const data = variable && weights[variable.name];
  if (variable === undefined || data === undefined) throw new RangeError('every variable that "predict" reads needs a value');
  const shape = variable.shape.map((size) => evaluateSize(size, {}));
  const elements = shape.reduce((product, size) => product * size, 1);
  if (data.type !== variable.type || data.values.length !== elements) {
    throw new RangeError(`variable "${variable.name}" wants ${elements} ${variable.type} elements, found ${data.values.length} ${data.type} elements`);
  }
  return root.constant({ type: dataTypeOf[variable.type], shape, values: data.values });
}

/** Python callers pass inputs by keyword. */
function identifier(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_]/gu, '_').replace(/^(?=\d)/u, '_');
}
