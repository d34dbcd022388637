import type { GraphSurvey } from '../../core/check/graph-survey.ts';
import { printCount } from '../../core/diagnostics/phrases.ts';
import type { ParameterValue } from '../../core/graph/graph-document.ts';
import type { NodeId } from '../../core/graph/identifiers.ts';
import type { PortDeclaration, WireFacts } from '../../core/nodes/node-type.ts';
import { axisSize } from '../../core/shapes/shape.ts';
import { printSize } from '../../core/shapes/size.ts';
import { relevantParameters } from '../../core/drawing/relevant-parameters.ts';
import { nodeWeights } from './node-weights.ts';

/** A symbol of a node's equation, or a name near it, with what it stands for in this graph: "x: 50 × 1". */
export interface EquationSize {
  readonly symbol: string;
  readonly size: string;
}

/** How the equations write the weights that Keras names so. */
const weightSymbols: Readonly<Record<string, string>> = { kernel: 'W', recurrent_kernel: 'U', bias: 'b', gamma: 'γ', beta: 'β' };

/** The sizes to fill into a node's equation: of what it reads and gives, of its weights, and its choices. */
export function equationSizes(survey: GraphSurvey, node: NodeId): readonly EquationSize[] {
  const surveyed = survey.nodes.get(node);
  const facts = survey.propagation.facts.get(node);
  if (surveyed?.type === undefined) return [];
  const { type } = surveyed;
  const weights = (nodeWeights(survey, node) ?? []).map((weight) => ({ symbol: weightSymbols[weight.name] ?? weight.name, size: weight.shape.map(printCount).join(' × ') }));
  const ports = [
    ...mainFacts(type.inputs, facts?.inputs).map((fact) => ({ symbol: 'x', fact })),
    ...mainFacts(type.outputs, facts?.outputs).map((fact) => ({ symbol: type.equation.includes('hₜ') ? 'h' : 'y', fact })),
  ].flatMap(({ symbol, fact }) => {
    const features = fact.kind === 'tensor' ? axisSize(fact.shape, 'feature') : undefined;
    const time = fact.kind === 'tensor' ? axisSize(fact.shape, 'time') : undefined;
    if (features === undefined) return [];
    return [{ symbol, size: `${printSize(features)}${time === undefined ? '' : ` at each of ${printSize(time)} time steps`}` }];
  });
  return [...ports, ...weights, ...choices(relevantParameters(surveyed.node, type), type.equation)];
}

/** What runs through the ports that every graph uses. */
function mainFacts(ports: readonly PortDeclaration[], facts: Readonly<Record<string, WireFacts>> = {}): readonly WireFacts[] {
  return ports.flatMap((port) => (port.optional === true ? [] : (facts[port.name] ?? [])));
}

/** Parameters that the equation names, by label or by the symbol that is usual for them. */
function choices(parameters: ReturnType<typeof relevantParameters>, equation: string): readonly EquationSize[] {
  return parameters.flatMap(({ name, declaration, value }): readonly EquationSize[] => {
    const symbol = symbolOf(name);
    const named = symbol ?? declaration.label.toLowerCase();
    const isNamed = symbol === undefined ? new RegExp(`\\b${named.replaceAll(/[^a-z ]/g, '')}\\b`).test(equation) : equation.includes(symbol);
    return isNamed && (typeof value === 'number' || declaration.kind === 'choice') ? [{ symbol: named, size: printValue(value) }] : [];
  });
}

function symbolOf(parameter: string): string | undefined {
  const symbols: Readonly<Record<string, string>> = { activation: 'φ', recurrentActivation: 'σ', epsilon: 'ε', huberDelta: 'δ', quantile: 'τ', rate: 'p' };
  return Object.hasOwn(symbols, parameter) ? symbols[parameter] : undefined;
}

function printValue(value: ParameterValue): string {
  return typeof value === 'number' ? printCount(value) : String(value);
}
