import type { GraphDocument } from './graph-document.ts';
import { wireId } from './identifiers.ts';
import type { WireId } from './identifiers.ts';

/** An unused id for a wire, for example `wire-7`: the lowest free number. */
export function freshWireId(document: Pick<GraphDocument, 'wires'>): WireId {
  const used = new Set<string>(document.wires.map((wire) => wire.id));
  let number = 1;
  while (used.has(`wire-${number}`)) number += 1;
  return wireId(`wire-${number}`);
}
