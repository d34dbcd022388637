import { printCount } from '../diagnostics/phrases.ts';
import type { GraphNode } from '../graph/graph-document.ts';
import { catalog } from '../nodes/catalog.ts';
import { relevantParameters, type NamedParameter } from './relevant-parameters.ts';

const mostParts = 2;

/** The node's key parameters in a line: "20 units · tanh", "window 50", "csv · weather.csv". */
export function nodeSummary(node: GraphNode): string {
  const type = catalog.get(node.type);
  if (type === undefined) return `unknown type ${node.type}`;
  const parameters = relevantParameters(node, type);
  const telling = parameters.filter(isTelling);
  const parts = (telling.length > 0 ? telling : parameters).map(summarize).filter((part) => part !== '');
  return parts.length === 0 ? type.title : parts.slice(0, mostParts).join(' · ');
}

/** Sizes, choices and files; not seeds, tolerances and switches. */
function isTelling({ declaration }: NamedParameter): boolean {
  switch (declaration.kind) {
    case 'integer':
      return declaration.unit !== '';
    case 'choice':
    case 'text':
      return true;
    case 'real':
    case 'optional-integer':
    case 'switch':
    case 'columns':
    case 'numbers':
    case 'facts':
      return false;
  }
}

function summarize({ declaration, value }: NamedParameter): string {
  switch (declaration.kind) {
    case 'integer':
    case 'real': {
      const number = typeof value === 'number' ? printCount(value) : String(value);
      const label = declaration.label.toLowerCase();
      const unit = value === 1 ? declaration.unit.replace(/s$/, '') : declaration.unit;
      return declaration.unit === label ? `${number} ${unit}` : `${label} ${number}`;
    }
    case 'choice':
      return String(value);
    case 'text':
      return String(value).split(/[/\\]/).at(-1) ?? '';
    case 'optional-integer':
    case 'switch':
    case 'columns':
    case 'numbers':
    case 'facts':
      return '';
  }
}
