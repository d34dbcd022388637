import { diagnose } from '../../diagnostics/diagnose.ts';
import type { CheckRule } from '../check-rule.ts';

/** Tensors that meet in a node come from the same Window: samples of two cannot be told to belong together. */
export const oneWindowLineage: CheckRule = {
  name: 'one-window-lineage',
  check: ({ nodes, propagation }) =>
    [...propagation.facts].flatMap(([id, { inputs }]) => {
      const windows = new Set(Object.values(inputs).flatMap((facts) => (facts.kind === 'tensor' ? [facts.window] : [])));
      if (windows.size < 2) return [];
      const facts = { label: nodes.get(id)!.label, windows: [...windows].map((window) => nodes.get(window)?.label ?? window) };
      return [diagnose('mixed-windows', { kind: 'node', node: id }, facts)];
    }),
};
