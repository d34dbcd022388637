import { printCount } from '../../core/diagnostics/phrases.ts';
import type { ParameterDeclaration } from '../../core/params/parameter-declaration.ts';

/** The range of a number in words; '' for what has none. */
export function rangeText(declaration: ParameterDeclaration): string {
  return 'minimum' in declaration ? `From ${printCount(declaration.minimum)} to ${printCount(declaration.maximum)}.` : '';
}
