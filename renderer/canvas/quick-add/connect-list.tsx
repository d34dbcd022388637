import { useMemo } from 'react';
import type { NodeId } from '../../../core/graph/identifiers.ts';
import { catalog } from '../../../core/nodes/catalog.ts';
import { currentDocument } from '../../state/document-store.ts';
import { startConnecting, useView } from '../../state/view-store.ts';
import { canvasControl } from '../canvas-control.ts';
import { connectPorts } from '../flow/use-flow-events.ts';
import { graphGeometry } from '../../../core/drawing/graph-geometry.ts';
import { connectionCandidates } from '../graph/connect.ts';
import { PickList } from './pick-list.tsx';

/** Wiring by keyboard: the ports that the selected node can be wired to, to choose from. */
export function ConnectList(): React.JSX.Element | null {
  const node = useView((state) => state.connecting);
  return node === null ? null : <OpenConnectList node={node} />;
}

function OpenConnectList({ node }: { readonly node: NodeId }): React.JSX.Element {
  const document = currentDocument();
  const candidates = useMemo(() => connectionCandidates(document, node), [document, node]);
  const label = document.nodes.find((candidate) => candidate.id === node)?.label ?? node;
  const close = () => {
    startConnecting(null);
    canvasControl()?.focus(node);
  };
  const items = candidates.map((candidate, index) => {
    const other = document.nodes.find(({ id }) => id === candidate.node);
    return {
      key: String(index),
      title: `${candidate.direction} ${candidate.label}`,
      detail: `${candidate.port}${candidate.replaces ? ', in place of its wire' : ''}`,
      category: catalog.get(other?.type ?? '')?.category,
      words: candidate.port,
    };
  });
  return (
    <PickList
      label={`Connect ${label}`}
      placeholder={`Connect ${label} …`}
      items={items}
      nothing={items.length === 0 ? `Nothing on the canvas fits the ports of ${label}.` : 'No such port fits.'}
      at={besideNode(node)}
      onPick={(key) => {
        const candidate = candidates[Number(key)];
        if (candidate !== undefined) connectPorts(candidate.from, candidate.to);
        close();
      }}
      onDismiss={close}
    />
  );
}

function besideNode(node: NodeId): { readonly x: number; readonly y: number } {
  const rectangle = graphGeometry(currentDocument()).rectangles.get(node);
  const corner = rectangle === undefined ? undefined : canvasControl()?.toWindow({ x: rectangle.x + rectangle.width + 8, y: rectangle.y });
  return corner ?? { x: 0, y: 0 };
}
