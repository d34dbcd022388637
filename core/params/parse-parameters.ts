import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic, Repair } from '../diagnostics/diagnostic.ts';
import { nearMiss } from '../diagnostics/did-you-mean.ts';
import { fail, succeed, type Result } from '../diagnostics/result.ts';
import type { ParameterValue } from '../graph/graph-document.ts';
import type { NodeId } from '../graph/identifiers.ts';
import { expectedValue, printFound } from './describe-value.ts';
import type { ParameterDeclaration, ParameterDeclarations, ParametersOf } from './parameter-declaration.ts';
import { parseValue, type ParsedValue } from './parse-value.ts';

/** Whose parameters they are. */
export interface ParameterPlace {
  readonly node: NodeId;
  readonly label: string;
}

type GivenParameters = Readonly<Record<string, unknown>>;

/**
 * Parameters from outside as their declarations promise them. One that is not given takes its default; every value that
 * does not fit is reported. Names that no declaration has are `unknownParameters`' business.
 */
export function parseParameters<Declarations extends ParameterDeclarations>(
  declarations: Declarations,
  given: GivenParameters,
  place: ParameterPlace,
): Result<ParametersOf<Declarations>> {
  const parsed: Record<string, ParsedValue> = {};
  const diagnostics: Diagnostic[] = [];
  for (const [name, declaration] of Object.entries<ParameterDeclaration>(declarations)) {
    const value = Object.hasOwn(given, name) ? parseValue(declaration, given[name]) : declaration.default;
    if (value === undefined) diagnostics.push(misfit(name, declaration, given[name], place));
    else parsed[name] = value;
  }
  return diagnostics.length > 0 ? fail(...diagnostics) : succeed(parsed as ParametersOf<Declarations>);
}

/** An error for every given name that is not declared, with the near miss. */
export function unknownParameters(declarations: ParameterDeclarations, given: GivenParameters, place: ParameterPlace): readonly Diagnostic[] {
  const declared = Object.keys(declarations);
  return Object.keys(given)
    .filter((name) => !declared.includes(name))
    .map((parameter) =>
      diagnose('unknown-parameter', { kind: 'node', node: place.node, parameter }, { label: place.label, parameter, declared, near: nearMiss(parameter, declared) }),
    );
}

/** Every default by name, as a document holds them. */
export function defaultParameters(declarations: ParameterDeclarations): Readonly<Record<string, ParameterValue>> {
  return Object.fromEntries(Object.entries(declarations).map(([name, declaration]) => [name, declaration.default]));
}

function misfit(parameter: string, declaration: ParameterDeclaration, found: unknown, place: ParameterPlace): Diagnostic {
  const where = { kind: 'node', node: place.node, parameter } as const;
  const facts = { label: place.label, parameter, found: printFound(found) };
  if (declaration.kind === 'choice' && typeof found === 'string') {
    const near = nearMiss(found, declaration.options);
    const repairs = [setParameter(place, parameter, near ?? declaration.default)];
    return diagnose('unknown-choice', where, { ...facts, options: declaration.options, near }, repairs);
  }
  const advice = adviceFor(declaration, found);
  return diagnose('parameter-value', where, { ...facts, expected: expectedValue(declaration), advice }, [setParameter(place, parameter, declaration.default)]);
}

function adviceFor(declaration: ParameterDeclaration, found: unknown): string {
  if ('minimum' in declaration && typeof found === 'number') {
    if (found > declaration.maximum) return 'choose a smaller number';
    if (found < declaration.minimum) return 'choose a larger number';
  }
  return `its default is ${printFound(declaration.default)}`;
}

/** The repair that gives a node's parameter a value. */
export function setParameter(place: ParameterPlace, parameter: string, value: ParameterValue): Repair {
  return {
    title: `Set ${parameter} of ${place.label} to ${printFound(value)}`,
    edits: [{ kind: 'set-parameter', node: place.node, parameter, value }],
  };
}
