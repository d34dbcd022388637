import type { ParameterValue } from '../graph/graph-document.ts';
import type { ParameterDeclaration } from './parameter-declaration.ts';

/**
 * A parameter as typed on a command line, in the form a document holds: `20`, `true`, `linear`, `none`, `temperature,wind`.
 * A text that cannot be read as the declared kind stays text, so that parsing against the declaration reports it.
 */
export function parseParameterText(declaration: ParameterDeclaration, typed: string): ParameterValue {
  const text = typed.trim();
  switch (declaration.kind) {
    case 'integer':
    case 'real':
      return readNumber(text);
    case 'optional-integer':
      return text === 'none' ? null : readNumber(text);
    case 'switch':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'columns':
      return text === 'none' ? null : text.split(',').map((name) => name.trim());
    case 'numbers':
      return text === 'none' ? null : text.split(',').map((entry) => readNumber(entry.trim()));
    case 'choice':
    case 'facts':
    case 'text':
      return text;
  }
}

function readNumber(text: string): number | string {
  const number = Number(text);
  return text === '' || !Number.isFinite(number) ? text : number;
}
