import { Handle, Position, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { Severity } from '../../../core/diagnostics/diagnostic.ts';
import { nodeId, type NodeId } from '../../../core/graph/identifiers.ts';
import { catalog } from '../../../core/nodes/catalog.ts';
import { Icon } from '../../components/icon.tsx';
import { useDocument, type DocumentState } from '../../state/document-store.ts';
import { portOffset, portSize } from '../../../core/drawing/node-geometry.ts';
import { nodeSummary } from '../../../core/drawing/node-summary.ts';
import { portRows, type NodePort, type NodePorts } from '../../../core/drawing/node-ports.ts';
import { categoryColor } from '../../theme/categories.ts';
import { isFar, useZoomLevel } from '../zoom-level.ts';
import type { FlowNode } from './flow-adapter.ts';

/** A node on the canvas: its name, its key parameters, its ports. Drawn again only when its own part of the document changes. */
export const NodeView = memo(function NodeView({ id, data: { ports } }: NodeProps<FlowNode>): React.JSX.Element {
  const node = useDocument((state) => state.survey.nodes.get(nodeId(id))?.node);
  const severity = useDocument((state) => worstSeverity(state, nodeId(id)));
  const isBlock = useZoomLevel(({ level }) => isFar(level));
  const isNamed = useZoomLevel(({ level }) => level !== 'farthest');
  const type = node === undefined ? undefined : catalog.get(node.type);
  const look = { className: severity === null ? 'node' : `node node-${severity}`, style: { ['--hue' as string]: categoryColor(type?.category) } };
  // Nothing but its name can be read from there, and each port of React Flow's is asked at every move of a node.
  if (isBlock) {
    return (
      <div {...look}>
        {severity === null ? null : <Icon name={severity} />}
        {isNamed ? <span className="node-label">{node?.label ?? id}</span> : null}
        {ports.inputs.map((port) => (
          <PortPlace key={port.name} port={port} direction="input" ports={ports} />
        ))}
        {ports.outputs.map((port) => (
          <PortPlace key={port.name} port={port} direction="output" ports={ports} />
        ))}
      </div>
    );
  }
  const { main, optional } = portRows(ports);
  return (
    <div {...look}>
      <div className="node-header">
        <span className="node-label">{node?.label ?? id}</span>
        {severity === null ? null : <Icon name={severity} />}
      </div>
      <div className="node-summary">{node === undefined ? '' : nodeSummary(node)}</div>
      {[...main, ...optional].map(({ input, output }, row) => (
        <div className={row < main.length ? 'node-ports' : 'node-ports node-ports-optional'} key={row}>
          <Port port={input} direction="input" />
          <Port port={output} direction="output" />
        </div>
      ))}
    </div>
  );
}, (before, after) => before.id === after.id && before.data === after.data);

function Port({ port, direction }: { readonly port: NodePort | undefined; readonly direction: 'input' | 'output' }): React.JSX.Element | null {
  if (port === undefined) return <span />;
  const isInput = direction === 'input';
  return (
    <span className={`port port-${direction}`}>
      <Handle
        id={port.name}
        type={isInput ? 'target' : 'source'}
        position={isInput ? Position.Left : Position.Right}
        className={`port-handle port-${port.carries ?? 'unknown'}${port.optional === true ? ' port-optional' : ''}`}
        isConnectableStart={port.carries !== null}
        isConnectableEnd={port.carries !== null}
      />
      {port.optional === true ? <span className="port-name">{port.name}</span> : port.name}
    </span>
  );
}

/** What React Flow looks for where it measures where wires end. */
function PortPlace({ port, direction, ports }: { readonly port: NodePort; readonly direction: 'input' | 'output'; readonly ports: NodePorts }): React.JSX.Element {
  const isInput = direction === 'input';
  const { x, y } = portOffset(direction, port, ports);
  return <i className={`port-place ${isInput ? 'target' : 'source'}`} data-handleid={port.name} data-handlepos={isInput ? Position.Left : Position.Right} style={{ left: x - portSize / 2, top: y - portSize / 2 }} />;
}

function worstSeverity({ diagnostics }: DocumentState, node: NodeId): Severity | null {
  let worst: Severity | null = null;
  for (const { where, severity } of diagnostics) {
    if (where.kind !== 'node' || where.node !== node || severity === 'note') continue;
    if (severity === 'error') return 'error';
    worst = severity;
  }
  return worst;
}
