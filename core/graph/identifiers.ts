declare const brand: unique symbol;

type Branded<Name extends string> = string & { readonly [brand]: Name };

/** The stable name of a node inside one project; seeds, weights and layout hang on it. */
export type NodeId = Branded<'NodeId'>;
export type WireId = Branded<'WireId'>;

export function nodeId(text: string): NodeId {
  return text as NodeId;
}

export function wireId(text: string): WireId {
  return text as WireId;
}
