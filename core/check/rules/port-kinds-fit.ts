import { diagnose } from '../../diagnostics/diagnose.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { newNode } from '../../nodes/new-node.ts';
import type { Wire } from '../../graph/graph-document.ts';
import type { CheckRule } from '../check-rule.ts';
import type { GraphSurvey } from '../graph-survey.ts';

/** Series ports meet series ports, and tensor ports tensor ports. */
export const portKindsFit: CheckRule = {
  name: 'port-kinds-fit',
  check: (survey) => survey.document.wires.flatMap((wire) => checkWire(survey, wire)),
};

function checkWire({ document, catalog, nodes }: GraphSurvey, wire: Wire): readonly Diagnostic[] {
  const source = nodes.get(wire.from.node);
  const reader = nodes.get(wire.to.node);
  const given = source?.type?.outputs.find((port) => port.name === wire.from.port)?.carries;
  const read = reader?.type?.inputs.find((port) => port.name === wire.to.port)?.carries;
  if (source === undefined || reader === undefined || given === undefined || read === undefined || given === read) return [];
  const where = { kind: 'wire', wire: wire.id } as const;
  const facts = { from: source.label, to: reader.label };
  if (given === 'tensor') {
    return [diagnose('tensor-into-series', where, facts, [{ title: 'Remove the wire', edits: [{ kind: 'disconnect', wire: wire.id }] }])];
  }
  const window = catalog.get('window');
  const repairs =
    window === undefined
      ? []
      : [{ title: 'Insert Window', edits: [{ kind: 'insert-on-wire', wire: wire.id, node: newNode(document, window), inputPort: 'series', outputPort: 'windows' } as const] }];
  return [diagnose('series-into-tensor', where, facts, repairs)];
}
