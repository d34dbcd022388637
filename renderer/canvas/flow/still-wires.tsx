import { ViewportPortal } from '@xyflow/react';
import { memo, useMemo } from 'react';
import type { Wire } from '../../../core/graph/graph-document.ts';
import { presentDocument, useDocument } from '../../state/document-store.ts';
import { graphGeometry } from '../../../core/drawing/graph-geometry.ts';
import { curvePath } from '../../../core/drawing/wire-geometry.ts';
import { asWireId, type FlowWire } from './flow-adapter.ts';

type Carried = 'series' | 'tensor' | 'unknown';

/**
 * Wires from very far, behind the nodes: one path for each kind. A thousand wires that each are an element of React Flow's
 * are asked, at every move of a node, whether they must be drawn anew.
 */
export const StillWires = memo(function StillWires({ wires }: { readonly wires: readonly FlowWire[] }): React.JSX.Element | null {
  const document = useDocument(presentDocument);
  const paths = useMemo(() => {
    const { curveOf } = graphGeometry(document);
    const drawn = new Map<string, Wire>(document.wires.map((wire) => [wire.id, wire]));
    const byKind = new Map<Carried, string>();
    for (const { id, data } of wires) {
      const wire = drawn.get(asWireId(id));
      const curve = wire === undefined ? undefined : curveOf(wire);
      const kind = data?.carries ?? 'unknown';
      if (curve !== undefined) byKind.set(kind, `${byKind.get(kind) ?? ''}${curvePath(curve)}`);
    }
    return [...byKind];
  }, [document, wires]);
  if (paths.length === 0) return null;
  return (
    <ViewportPortal>
      <svg className="still-wires" aria-hidden="true">
        {paths.map(([kind, path]) => (
          <path key={kind} className={`wire-line still-${kind}`} d={path} />
        ))}
      </svg>
    </ViewportPortal>
  );
});
