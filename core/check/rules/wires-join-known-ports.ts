import { diagnose } from '../../diagnostics/diagnose.ts';
import { nearMiss } from '../../diagnostics/did-you-mean.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { PortReference, Wire } from '../../graph/graph-document.ts';
import type { CheckRule } from '../check-rule.ts';
import type { GraphSurvey } from '../graph-survey.ts';

/** Every wire leads from an output that exists to an input that exists. */
export const wiresJoinKnownPorts: CheckRule = {
  name: 'wires-join-known-ports',
  check: (survey) => survey.document.wires.flatMap((wire) => [...checkEnd(survey, wire, 'output'), ...checkEnd(survey, wire, 'input')]),
};

function checkEnd({ nodes }: GraphSurvey, wire: Wire, direction: 'input' | 'output'): readonly Diagnostic[] {
  const end = direction === 'output' ? wire.from : wire.to;
  const where = { kind: 'wire', wire: wire.id } as const;
  const surveyed = nodes.get(end.node);
  const removal = { kind: 'disconnect', wire: wire.id } as const;
  if (surveyed === undefined) {
    const facts = { end: direction === 'output' ? 'starts' : 'ends', node: end.node } as const;
    return [diagnose('wire-to-nowhere', where, facts, [{ title: 'Remove the wire', edits: [removal] }])];
  }
  const { label, type } = surveyed;
  if (type === undefined) return [];
  const ports = (direction === 'output' ? type.outputs : type.inputs).map((port) => port.name);
  if (ports.includes(end.port)) return [];
  const near = nearMiss(end.port, ports);
  // A mend must be possible: an input that has a wire takes no second one, and the other end must be there.
  const isTaken = near !== undefined && direction === 'input' && surveyed.wiresInto.has(near);
  const hasOtherEnd = nodes.has(direction === 'output' ? wire.to.node : wire.from.node);
  const repair =
    near === undefined || isTaken || !hasOtherEnd
      ? { title: 'Remove the wire', edits: [removal] }
      : { title: `Wire it to ${near}`, edits: [removal, { kind: 'connect', wire: rewired(wire, direction, { node: end.node, port: near }) } as const] };
  return [diagnose('unknown-port', where, { label, direction, port: end.port, near, ports }, [repair])];
}

function rewired(wire: Wire, direction: 'input' | 'output', end: PortReference): Wire {
  return direction === 'output' ? { ...wire, from: end } : { ...wire, to: end };
}
