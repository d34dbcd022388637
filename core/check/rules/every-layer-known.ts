import { diagnose } from '../../diagnostics/diagnose.ts';
import type { Repair } from '../../diagnostics/diagnostic.ts';
import { printShape } from '../../shapes/shape.ts';
import type { CheckRule } from '../check-rule.ts';
import type { GraphSurvey, SurveyedNode } from '../graph-survey.ts';

/** Every layer is one that Unroll computes: an imported model may hold others, which are named with what would have to be in their place. */
export const everyLayerKnown: CheckRule = {
  name: 'every-layer-known',
  check: (survey) =>
    [...survey.nodes.values()]
      .filter(({ type }) => type?.role === 'unknown')
      .map((surveyed) => {
        const { node, label, parameters } = surveyed;
        const said = parameters?.ok ? parameters.value : {};
        const facts = survey.propagation.facts.get(node.id);
        const [reads, gives] = [facts?.inputs['inputs'], facts?.outputs['outputs']].map((wire) => (wire?.kind === 'tensor' ? printShape(wire.shape) : undefined));
        const stated = { label, className: String(said['className'] ?? ''), origin: String(said['origin'] ?? ''), reason: String(said['reason'] ?? ''), reads, gives };
        return diagnose('unknown-layer', { kind: 'node', node: node.id }, stated, reads === undefined || reads !== gives ? [] : takeOut(survey, surveyed));
      }),
};

/** What gives the shape that it reads can be left out: its readers read what it read. */
function takeOut({ document }: GraphSurvey, { node, label, wiresInto }: SurveyedNode): readonly Repair[] {
  const [into, second] = [...wiresInto.values()].flat();
  if (into === undefined || second !== undefined) return [];
  const readers = document.wires.filter(({ from }) => from.node === node.id);
  const joined = readers.map((wire) => ({ kind: 'connect', wire: { ...wire, from: into.from } }) as const);
  return [{ title: `Take ${label} out`, edits: [{ kind: 'remove-node', node: node.id }, ...joined] }];
}
