import { ofBoolean, ofFunction, ofInteger, ofTypes } from './graph-node.ts';
import type { GraphScope, GraphTensor } from './graph-scope.ts';

/** A While loop being written: its variables, what they become in each round, and when it ends. */
export class WhileLoop {
  /** Where the nodes of one round are written. */
  readonly body: GraphScope;
  readonly #outer: GraphScope;
  readonly #variables: { readonly parameter: GraphTensor; readonly initial: GraphTensor }[] = [];
  readonly #next = new Map<GraphTensor, GraphTensor>();

  constructor(outer: GraphScope) {
    this.#outer = outer;
    // The batch size becomes a variable only if something in the body asks for it.
    this.body = outer.functionBody(() => this.variable('batch', outer.batch()));
  }

  /** Adds a variable, which keeps its value unless `assign` says otherwise; gives it as seen inside the loop. */
  variable(name: string, initial: GraphTensor): GraphTensor {
    const parameter: GraphTensor = { node: name, operation: 'parameter', output: 0, type: initial.type };
    this.#variables.push({ parameter, initial });
    return parameter;
  }

  /** Gives a variable its value for the next round. */
  assign(variable: GraphTensor, next: GraphTensor): void {
    this.#next.set(variable, next);
  }

  /** Writes the loop, which goes on while `condition` (written in a scope of its own) holds; gives every variable's last value. */
  finish(condition: (scope: GraphScope) => GraphTensor): (variable: GraphTensor) => GraphTensor {
    const { functions } = this.#outer;
    const number = functions.next();
    const names = { condition: `loop_${number}_condition`, body: `loop_${number}_body` };
    const parameters = this.#variables.map(({ parameter }) => ({ name: parameter.node, type: parameter.type }));
    const types = parameters.map((parameter) => parameter.type);

    const conditionScope = this.#outer.functionBody(() => {
      throw new Error('the condition of a loop has no batch size');
    });
    const source = conditionScope.spell(condition(conditionScope));
    functions.add({ name: names.condition, parameters, nodes: conditionScope.nodes, results: [{ name: 'goes_on', type: 'bool', source }] });
    const results = this.#variables.map(({ parameter }) => ({
      name: `next_${parameter.node}`,
      type: parameter.type,
      source: this.body.spell(this.#next.get(parameter) ?? parameter),
    }));
    functions.add({ name: names.body, parameters, nodes: this.body.nodes, results });

    const initial = this.#variables.map((variable) => variable.initial);
    const finals = this.#outer.addList('StatelessWhile', initial, types, {
      T: ofTypes(types),
      cond: ofFunction(names.condition),
      body: ofFunction(names.body),
      output_shapes: { kind: 'shapes', shapes: types.map(() => undefined) },
      parallel_iterations: ofInteger(1),
      _lower_using_switch_merge: ofBoolean(false),
    });
    return (variable) => {
      const final = finals[this.#variables.findIndex(({ parameter }) => parameter === variable)];
      if (final === undefined) throw new RangeError(`a loop has no variable ${variable.node}`);
      return final;
    };
  }
}
