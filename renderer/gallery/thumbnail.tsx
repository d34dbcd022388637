import type { GraphDocument } from '../../core/graph/graph-document.ts';
import { catalog } from '../../core/nodes/catalog.ts';
import { graphGeometry } from '../canvas/geometry/graph-geometry.ts';
import { boundsOf } from '../canvas/geometry/node-geometry.ts';
import { curvePath } from '../canvas/geometry/wire-geometry.ts';
import { categoryColor } from '../theme/categories.ts';

const margin = 40;
/** A picture of 2 : 1, whatever the graph's own shape. */
const aspect = 2.4;

/** A document's own graph, small: nodes in the hue of their category, and wires. */
export function Thumbnail({ document }: { readonly document: GraphDocument }): React.JSX.Element {
  const geometry = graphGeometry(document);
  const bounds = boundsOf([...geometry.rectangles.values()]);
  const width = Math.max(bounds.width, bounds.height * aspect) + 2 * margin;
  const height = width / aspect;
  const left = bounds.x + bounds.width / 2 - width / 2;
  const top = bounds.y + bounds.height / 2 - height / 2;
  return (
    <svg className="thumbnail" viewBox={`${left} ${top} ${width} ${height}`} aria-hidden="true">
      {document.wires.map((wire) => {
        const curve = geometry.curveOf(wire);
        return curve === undefined ? null : <path key={wire.id} d={curvePath(curve)} className="thumbnail-wire" />;
      })}
      {document.nodes.map((node) => {
        const rectangle = geometry.rectangles.get(node.id);
        if (rectangle === undefined) return null;
        return (
          <g key={node.id}>
            <rect {...rectangle} rx={16} className="thumbnail-node" />
            <rect x={rectangle.x} y={rectangle.y} width={rectangle.width} height={20} rx={8} fill={categoryColor(catalog.get(node.type)?.category)} />
          </g>
        );
      })}
    </svg>
  );
}
