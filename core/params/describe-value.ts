import { listOf, printCount, quote } from '../diagnostics/phrases.ts';
import type { ParameterDeclaration } from './parameter-declaration.ts';

/** What a parameter takes, in words: "a whole number from 1 to 65,536". */
export function expectedValue(declaration: ParameterDeclaration): string {
  switch (declaration.kind) {
    case 'integer':
      return `a whole number from ${printCount(declaration.minimum)} to ${printCount(declaration.maximum)}`;
    case 'optional-integer':
      return `a whole number from ${printCount(declaration.minimum)} to ${printCount(declaration.maximum)}, or none`;
    case 'real':
      return `a number from ${printCount(declaration.minimum)} to ${printCount(declaration.maximum)}`;
    case 'switch':
      return 'true or false';
    case 'choice':
      return `one of ${listOf(declaration.options.map(quote), 'or')}`;
    case 'text':
      return 'text';
    case 'columns':
      return 'a list of column names without repeats, or none for all columns';
    case 'facts':
      return 'a list of texts';
    case 'numbers':
      return `a list of numbers from ${printCount(declaration.minimum)} to ${printCount(declaration.maximum)}, or none`;
  }
}

/** A value from outside, in words. */
export function printFound(value: unknown): string {
  if (value === null) return 'none';
  if (typeof value === 'number') return printCount(value);
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `the list ${quote(value.map(String).join(', '))}`;
  return typeof value === 'object' ? 'an object' : String(typeof value);
}
