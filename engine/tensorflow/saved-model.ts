import type { Program, Variable } from '../../core/program/program.ts';
import { hoistProgram } from '../../core/program/passes/optimize-program.ts';
import { evaluateSize } from '../../core/shapes/size.ts';
import type { NamedTensors } from '../session.ts';
import { spellEntry } from './entry-graph.ts';
import { dataTypeOf, ofType } from './graph-node.ts';
import { GraphScope } from './graph-scope.ts';
import type { GraphTensor } from './graph-scope.ts';
import { encodeSavedModel } from './saved-model-definition.ts';
import type { TensorSignature } from './saved-model-definition.ts';
import { defaultSpellingSettings } from './scan-spelling.ts';
import { staticShape } from './symbolic-shape.ts';

/** The signature that tools look for when they are told none. */
const signatureName = 'serving_default';
const prefix = 'predict/';

/**
 * The content of saved_model.pb for a program's predictions: its `predict` entry with the weights as constants, for any
 * batch size. The signature `serving_default` names inputs and outputs as the entry does, other characters than letters,
 * digits and _ replaced by _.
 *
 * @param weights the value of every variable that the entry reads, by name
 * @param tensorFlowVersion the version written into the file
 */
export function encodePredictions(program: Program, weights: NamedTensors, tensorFlowVersion: string): Uint8Array {
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
  const graph = { nodes: root.nodes, functions: root.functions.definitions };
  return encodeSavedModel({ graph, signatures: [{ name: signatureName, inputs, outputs }] }, tensorFlowVersion);
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
