import type { ParameterDeclaration, ParsedParameters } from './parameter-declaration.ts';

/** Longer texts (paths, names) are refused. */
const longestText = 4096;
const longestList = 10_000;

export type ParsedValue = ParsedParameters[string];

/** The value as its declaration promises it; undefined where it does not fit. Nothing is coerced: "20" is not 20. */
export function parseValue(declaration: ParameterDeclaration, found: unknown): ParsedValue | undefined {
  switch (declaration.kind) {
    case 'integer':
      return isIntegerWithin(declaration, found) ? found : undefined;
    case 'optional-integer':
      return found === null || isIntegerWithin(declaration, found) ? found : undefined;
    case 'real':
      return isWithin(declaration, found) ? found : undefined;
    case 'switch':
      return typeof found === 'boolean' ? found : undefined;
    case 'choice':
      return declaration.options.find((option) => option === found);
    case 'text':
      return isText(found) ? found : undefined;
    case 'columns':
      return found === null ? null : parseColumns(found);
    case 'facts':
      return parseFacts(found);
    case 'numbers':
      return found === null ? null : parseNumbers(declaration, found);
  }
}

interface Range {
  readonly minimum: number;
  readonly maximum: number;
}

function isWithin(range: Range, found: unknown): found is number {
  return typeof found === 'number' && found >= range.minimum && found <= range.maximum;
}

function isIntegerWithin(range: Range, found: unknown): found is number {
  return isWithin(range, found) && Number.isInteger(found);
}

function isText(found: unknown): found is string {
  return typeof found === 'string' && found.length <= longestText;
}

function parseFacts(found: unknown): readonly string[] | undefined {
  if (!Array.isArray(found) || found.length > longestList) return undefined;
  const lines = found.filter(isText);
  return lines.length === found.length ? lines : undefined;
}

function parseNumbers(range: Range, found: unknown): readonly number[] | undefined {
  if (!Array.isArray(found) || found.length === 0 || found.length > longestList) return undefined;
  const numbers = found.filter((entry): entry is number => isWithin(range, entry));
  return numbers.length === found.length ? numbers : undefined;
}

function parseColumns(found: unknown): readonly string[] | undefined {
  if (!Array.isArray(found) || found.length === 0) return undefined;
  const names = found.filter((name): name is string => isText(name) && name !== '');
  return names.length === found.length && new Set(names).size === names.length ? names : undefined;
}
