import type { GraphNode, ParameterValue } from '../graph/graph-document.ts';
import type { ParameterDeclaration } from '../params/parameter-declaration.ts';
import type { NodeType } from '../nodes/node-type.ts';

interface Condition {
  readonly parameter: string;
  readonly is: ParameterValue;
}

/** Parameters that mean something only while another has a value; every other one always does. */
const conditions: Readonly<Record<string, Readonly<Record<string, Condition>>>> = {
  series: {
    seed: { parameter: 'source', is: 'generator' },
    series: { parameter: 'source', is: 'generator' },
    steps: { parameter: 'source', is: 'generator' },
    noise: { parameter: 'source', is: 'generator' },
    file: { parameter: 'source', is: 'csv' },
    columns: { parameter: 'source', is: 'csv' },
    dateColumn: { parameter: 'source', is: 'csv' },
    seriesColumn: { parameter: 'source', is: 'csv' },
    categoryColumns: { parameter: 'source', is: 'csv' },
    calendar: { parameter: 'source', is: 'csv' },
    gaps: { parameter: 'source', is: 'csv' },
  },
  impute: { huberDelta: { parameter: 'loss', is: 'huber' } },
  reconstruct: { huberDelta: { parameter: 'loss', is: 'huber' } },
  regress: { huberDelta: { parameter: 'loss', is: 'huber' } },
  forecast: {
    huberDelta: { parameter: 'loss', is: 'huber' },
    quantile: { parameter: 'loss', is: 'quantile' },
  },
};

export interface NamedParameter {
  readonly name: string;
  readonly declaration: ParameterDeclaration;
  /** As the document has it; the default where it has none. */
  readonly value: ParameterValue;
}

/** A node's parameters in the order of its type, without those that mean nothing at present. */
export function relevantParameters(node: GraphNode, type: NodeType): readonly NamedParameter[] {
  const valueOf = (name: string): ParameterValue => {
    const given = Object.hasOwn(node.parameters, name) ? node.parameters[name] : undefined;
    return given === undefined ? (type.parameters[name]?.default ?? null) : given;
  };
  return Object.entries(type.parameters).flatMap(([name, declaration]) => {
    const condition = declaration.onlyWhen ?? conditions[type.type]?.[name];
    if (condition !== undefined && valueOf(condition.parameter) !== condition.is) return [];
    return [{ name, declaration, value: valueOf(name) }];
  });
}
