import type { EntryName, Program, Variable } from '../../core/program/program.ts';
import type { NamedTensors } from '../session.ts';
import { deepCopy, doneAfter, spellEntry } from './entry-graph.ts';
import { dataTypeOf, ofShape, ofText, ofType } from './graph-node.ts';
import type { GraphDefinition } from './graph-node.ts';
import { GraphScope } from './graph-scope.ts';
import type { GraphTensor } from './graph-scope.ts';
import type { SpellingSettings } from './operation-spelling.ts';
import { gatherScans } from './gather-scans.ts';
import { filled } from './spelled-value.ts';
import { staticShape } from './symbolic-shape.ts';

/** How an entry is called: tensors by the names of the graph ("train/input_0:0"). */
export interface EntryAddress {
  readonly inputs: readonly string[];
  /** By output or probe name. */
  readonly outputs: ReadonlyMap<string, string>;
  /** What to fetch when no output is wanted. */
  readonly done: string;
}

export interface VariableAddress {
  readonly variable: Variable;
  /** Fetching this reads the variable. */
  readonly value: string;
  /** Feeding this and fetching `written` writes it. */
  readonly next: string;
  readonly written: string;
}

export interface ProgramGraph {
  readonly graph: GraphDefinition;
  /** The node that gives every variable what it starts with: zeros, unless something else was asked for. */
  readonly initializer: string;
  readonly entries: ReadonlyMap<EntryName, EntryAddress>;
  readonly variables: ReadonlyMap<string, VariableAddress>;
}

/** How the variables of a graph begin. */
export interface VariableStart {
  /** By name; zeros for the others. */
  readonly values: NamedTensors;
  readonly namePrefix: string;
}

const fromZero: VariableStart = { values: {}, namePrefix: '' };

function startOf(root: GraphScope, variable: Variable, { values }: VariableStart): GraphTensor {
  const given = values[variable.name];
  return given === undefined ? filled(root, variable, 0) : root.constant({ type: dataTypeOf[variable.type], shape: staticShape(variable.shape), values: given.values });
}

type HandleOf = (name: string) => { readonly variable: Variable; readonly handle: GraphTensor };

/**
 * A program as one graph: all entries over one set of variables.
 *
 * @param optional outputs ("entry/output") that are computed only where they are asked for, also when variables change
 * @param start what variables begin with, and what they are called among all that a process has loaded
 */
export function spellProgram(program: Program, optional: ReadonlySet<string>, settings: SpellingSettings, start: VariableStart = fromZero): ProgramGraph {
  const root = GraphScope.graph();
  const handles = new Map(program.variables.map((variable, index) => [variable.name, { variable, handle: variableHandle(root, variable, `${start.namePrefix}variable_${index}`, index) }]));
  const handleOf: HandleOf = (name) => {
    const found = handles.get(name);
    if (found === undefined) throw new RangeError(`the program has no variable "${name}"`);
    return found;
  };
  const zeroed = [...handles.values()].map(({ variable, handle }) => assign(root, handle, startOf(root, variable, start), []));
  const initializer = root.add('NoOp', [], 'bool', {}, { name: 'initialize', controls: zeroed });
  const entries = new Map<EntryName, EntryAddress>();
  for (const name of Object.keys(program.entries) as EntryName[]) {
    entries.set(name, writeEntry(root, program, name, handleOf, optional, settings));
  }
  const variables = new Map([...handles.values()].map(({ variable, handle }, index) => [variable.name, variableAccess(root, variable, handle, index)]));
  return { graph: { nodes: gatherScans(root.nodes), functions: root.functions.definitions }, initializer: initializer.node, entries, variables };
}

function writeEntry(
  root: GraphScope,
  program: Program,
  name: EntryName,
  handleOf: HandleOf,
  optional: ReadonlySet<string>,
  settings: SpellingSettings,
): EntryAddress {
  const entry = program.entries[name];
  if (entry === undefined) throw new RangeError(`the program has no entry "${name}"`);
  const scope = root.child(`${name}/`);
  const reads = entry.reads.map((variableName) => {
    const { variable, handle } = handleOf(variableName);
    return read(scope, variable, handle);
  });
  const spelled = spellEntry(root, `${name}/`, entry, reads, settings);

  // New values and outputs are all there, and all reading is done, before the first variable changes: a call that fails
  // changes nothing.
  let updated: readonly string[] = [];
  if (entry.assigns.length > 0) {
    const outputs = spelled.outputs.filter((_, index) => !optional.has(`${name}/${entry.outputs[index]}`));
    const controls = [...new Set([...spelled.newValues, ...outputs, ...reads].map((tensor) => tensor.node))];
    const computed = scope.add('NoOp', [], 'bool', {}, { name: 'computed', controls });
    const assigned = entry.assigns.map((variable, index) => {
      const value = spelled.newValues[index];
      if (value === undefined) throw new RangeError(`entry "${name}" gives no new value of "${variable}"`);
      return assign(scope, handleOf(variable).handle, value, [computed.node]);
    });
    updated = [scope.add('NoOp', [], 'bool', {}, { name: 'updated', controls: assigned }).node];
  }

  const outputs = new Map<string, string>();
  entry.outputs.forEach((output, index) => {
    const tensor = spelled.outputs[index];
    if (tensor === undefined) throw new RangeError(`entry "${name}" gives no output "${output}"`);
    const fetched = scope.add('Identity', [tensor], tensor.type, { T: ofType(tensor.type) }, { name: `output_${index}`, controls: updated });
    outputs.set(output, addressOf(fetched));
  });
  return { inputs: spelled.placeholders.map(addressOf), outputs, done: addressOf(doneAfter(scope, 'done', updated)) };
}

function addressOf(tensor: GraphTensor): string {
  return `${tensor.node}:${tensor.output}`;
}

function variableHandle(root: GraphScope, variable: Variable, sharedName: string, index: number): GraphTensor {
  const attributes = {
    dtype: ofType(dataTypeOf[variable.type]),
    shape: ofShape(staticShape(variable.shape)),
    shared_name: ofText(sharedName),
    container: ofText(''),
  };
  return root.add('VarHandleOp', [], 'resource', attributes, { name: `variable_${index}` });
}

function read(scope: GraphScope, variable: Variable, handle: GraphTensor): GraphTensor {
  const type = dataTypeOf[variable.type];
  return scope.add('ReadVariableOp', [handle], type, { dtype: ofType(type) });
}

function assign(scope: GraphScope, handle: GraphTensor, value: GraphTensor, controls: readonly string[]): string {
  return scope.add('AssignVariableOp', [handle, value], 'bool', { dtype: ofType(value.type) }, { controls }).node;
}

/** Ways to read and write one variable from outside. */
function variableAccess(root: GraphScope, variable: Variable, handle: GraphTensor, index: number): VariableAddress {
  const type = dataTypeOf[variable.type];
  const value = root.add('Identity', [read(root, variable, handle)], type, { T: ofType(type) }, { name: `read_${index}` });
  const next = root.add('Placeholder', [], type, { dtype: ofType(type), shape: ofShape(staticShape(variable.shape)) }, { name: `next_${index}` });
  const written = doneAfter(root, `written_${index}`, [assign(root, handle, deepCopy(root, next), [])]);
  return { variable, value: addressOf(value), next: addressOf(next), written: addressOf(written) };
}
