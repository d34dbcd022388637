import { diagnose } from '../../diagnostics/diagnose.ts';
import type { Repair } from '../../diagnostics/diagnostic.ts';
import { printShape, type Shape } from '../../shapes/shape.ts';
import { knownSize } from '../../shapes/size.ts';
import { statedShape } from '../../nodes/unknown.ts';
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
        const shapes = (['inputs', 'outputs'] as const).map((port) => {
          const wire = facts?.[port][port];
          return wire?.kind === 'tensor' ? wire.shape : statedShape(said[port === 'inputs' ? 'inputShape' : 'outputShape'] as readonly number[] | null);
        });
        const [reads, gives] = shapes.map((shape) => shape && printShape(shape));
        const stated = { label, className: String(said['className'] ?? ''), origin: String(said['origin'] ?? ''), reason: String(said['reason'] ?? ''), reads, gives };
        const isAlike = shapes[0] !== undefined && shapes[1] !== undefined && mayBeAlike(shapes[0], shapes[1]);
        return diagnose('unknown-layer', { kind: 'node', node: node.id }, stated, isAlike ? takeOut(survey, surveyed) : []);
      }),
};

/** A size that waits for data may still be the same. */
function mayBeAlike(first: Shape, second: Shape): boolean {
  return first.length === second.length && first.every(({ name, size }, index) => {
    const [own, other] = [knownSize(size), knownSize(second[index]!.size)];
    return name === second[index]!.name && (own === undefined || other === undefined || own === other);
  });
}

/** What gives the shape that it reads can be left out: its readers read what it read. */
function takeOut({ document }: GraphSurvey, { node, label, wiresInto }: SurveyedNode): readonly Repair[] {
  const [into, second] = [...wiresInto.values()].flat();
  if (into === undefined || second !== undefined) return [];
  const readers = document.wires.filter(({ from }) => from.node === node.id);
  const joined = readers.map((wire) => ({ kind: 'connect', wire: { ...wire, from: into.from } }) as const);
  return [{ title: `Take ${label} out`, edits: [{ kind: 'remove-node', node: node.id }, ...joined] }];
}
