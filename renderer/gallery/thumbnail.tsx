import type { GraphDocument } from '../../core/graph/graph-document.ts';
import { catalog } from '../../core/nodes/catalog.ts';
import { graphGeometry } from '../../core/drawing/graph-geometry.ts';
import { boundsOf } from '../../core/drawing/node-geometry.ts';
import { curvePath } from '../../core/drawing/wire-geometry.ts';
import { categoryOutline } from '../../core/drawing/category-outlines.ts';
import { categoryColor } from '../theme/categories.ts';

const margin = 40;
/** Of a node in the picture: taller than on the canvas, where it holds words. */
const blockHeight = 160;
/** A picture of this shape, whatever the graph's own. */
const aspect = 2.4;

/** A document's own graph, small: nodes by the sign and hue of their category, and wires. */
export function Thumbnail({ document }: { readonly document: GraphDocument }): React.JSX.Element {
  const geometry = graphGeometry(document);
  const bounds = boundsOf([...geometry.rectangles.values()].map(({ x, y, width: blockWidth, height: nodeHeight }) => ({ x, y: y + (nodeHeight - blockHeight) / 2, width: blockWidth, height: blockHeight })));
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
        const category = catalog.get(node.type)?.category;
        const middle = rectangle.y + rectangle.height / 2;
        return (
          <g key={node.id}>
            <rect x={rectangle.x} y={middle - blockHeight / 2} width={rectangle.width} height={blockHeight} rx={28} className="thumbnail-node" stroke={categoryColor(category)} />
            {category === undefined ? null : (
              <path
                className="thumbnail-glyph"
                d={categoryOutline(category)}
                stroke={categoryColor(category)}
                transform={`translate(${rectangle.x + rectangle.width / 2 - 48} ${middle - 48}) scale(6)`}
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}
