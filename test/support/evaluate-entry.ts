import type { Entry, EntryName, Program } from '../../core/program/program.ts';
import { evaluateBody } from '../../core/program/reference/evaluate-body.ts';
import type { EvaluationSettings } from '../../core/program/reference/evaluate-body.ts';
import { filledTensor } from '../../core/program/reference/numeric-tensor.ts';
import type { NumericTensor } from '../../core/program/reference/numeric-tensor.ts';

type Tensors = Readonly<Record<string, NumericTensor>>;

function requireTensor(tensors: Tensors, name: string): NumericTensor {
  const tensor = tensors[name];
  if (tensor === undefined) throw new RangeError(`nothing was given for "${name}"`);
  return tensor;
}

/** A program run in float64 by the reference evaluator, with variables of its own. */
export class ReferenceSession {
  readonly #program: Program;
  readonly #settings: EvaluationSettings;
  #variables: Tensors;

  constructor(program: Program, settings: EvaluationSettings) {
    this.#program = program;
    this.#settings = settings;
    this.#variables = Object.fromEntries(program.variables.map(({ name, shape }) =>
      [name, filledTensor(shape.map((size) => (size.kind === 'constant' ? size.value : 0)), 0)]));
  }

  variable(name: string): NumericTensor {
    return requireTensor(this.#variables, name);
  }

  setVariable(name: string, values: Float64Array): void {
    this.#variables = { ...this.#variables, [name]: { shape: this.variable(name).shape, values } };
  }

  run(name: EntryName, feeds: Tensors): Tensors {
    const entry: Entry | undefined = this.#program.entries[name];
    if (entry === undefined) throw new RangeError(`the program has no entry "${name}"`);
    const inputs = [...entry.inputs.map((input) => requireTensor(feeds, input.name)), ...entry.reads.map((own) => this.variable(own))];
    const results = evaluateBody(entry.body, inputs, this.#settings);
    const assigned = results.slice(entry.outputs.length);
    this.#variables = { ...this.#variables, ...Object.fromEntries(entry.assigns.map((own, index) => [own, assigned[index]])) } as Tensors;
    return Object.fromEntries(entry.outputs.map((output, index) => [output, results[index]])) as Tensors;
  }
}
