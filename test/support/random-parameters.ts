import type { ParameterValue } from '../../core/graph/graph-document.ts';
import type { ParameterDeclaration, ParameterDeclarations } from '../../core/params/parameter-declaration.ts';

/** Draws from [0, 1). */
export type Draw = () => number;

export function pick<Item>(items: readonly Item[], draw: Draw): Item {
  const item = items[Math.floor(draw() * items.length)];
  if (item === undefined) throw new RangeError('nothing to choose from');
  return item;
}

export function wholeNumber(minimum: number, maximum: number, draw: Draw): number {
  return minimum + Math.floor(draw() * (maximum - minimum + 1));
}

/** Small enough that graphs of many layers stay quick; below zero where the declaration lets it. */
function smallInteger({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }, draw: Draw): number {
  const lowest = Math.max(minimum, -3);
  return wholeNumber(lowest, Math.min(maximum, lowest + 4), draw);
}

/** A value that the declaration takes. A real number lies around its default: at the ends of their ranges layers lose their digits. */
function randomValue(declaration: ParameterDeclaration, draw: Draw): ParameterValue {
  switch (declaration.kind) {
    case 'integer':
      return smallInteger(declaration, draw);
    case 'optional-integer':
      return draw() < 0.5 ? null : smallInteger(declaration, draw);
    case 'real': {
      const middle = declaration.default === 0 ? 0.1 : declaration.default;
      return Math.min(declaration.maximum, Math.max(declaration.minimum, middle * pick([0.5, 1, 1, 2], draw)));
    }
    case 'switch':
      return draw() < 0.5;
    case 'choice':
      return pick(declaration.options, draw);
    case 'text':
    case 'columns':
    case 'numbers':
    case 'facts':
      return declaration.default;
  }
}

export function randomParameters(declarations: ParameterDeclarations, draw: Draw): Readonly<Record<string, ParameterValue>> {
  return Object.fromEntries(Object.entries(declarations).map(([name, declaration]) => [name, randomValue(declaration, draw)]));
}
