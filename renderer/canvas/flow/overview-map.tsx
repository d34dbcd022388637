import { useReactFlow, useStore } from '@xyflow/react';
import { useMemo, type PointerEvent } from 'react';
import type { NodeCategory } from '../../../core/nodes/node-type.ts';
import { catalog } from '../../../core/nodes/catalog.ts';
import { presentDocument, useDocument } from '../../state/document-store.ts';
import { categoryColor } from '../../theme/categories.ts';
import { graphGeometry } from '../../../core/drawing/graph-geometry.ts';
import { boundsOf, type Rectangle } from '../../../core/drawing/node-geometry.ts';

const width = 144;
const height = 88;
const margin = 0.08;

/**
 * The whole graph, small, with what is seen of it. One path a category instead of an element a node: a thousand nodes cost
 * no more than ten, and nothing while nodes are dragged. Press or drag in it to go there.
 */
export function OverviewMap(): React.JSX.Element | null {
  const document = useDocument(presentDocument);
  const flow = useReactFlow();
  const seen = useStore(({ transform: [x, y, zoom], width: shownWidth, height: shownHeight }) => `${-x / zoom} ${-y / zoom} ${shownWidth / zoom} ${shownHeight / zoom}`);
  const { bounds, paths } = useMemo(() => {
    const { rectangles } = graphGeometry(document);
    const byCategory = new Map<NodeCategory | undefined, string>();
    for (const { id, type } of document.nodes) {
      const category = catalog.get(type)?.category;
      const rectangle = rectangles.get(id);
      if (rectangle !== undefined) byCategory.set(category, `${byCategory.get(category) ?? ''}${outline(rectangle)}`);
    }
    return { bounds: boundsOf([...rectangles.values()]), paths: [...byCategory] };
  }, [document]);
  if (document.nodes.length === 0) return null;

  const [x = 0, y = 0, seenWidth = 0, seenHeight = 0] = seen.split(' ').map(Number);
  const box = viewBox(boundsOf([bounds, { x, y, width: seenWidth, height: seenHeight }]));
  const goTo = (event: PointerEvent<SVGSVGElement>) => {
    const frame = event.currentTarget.getBoundingClientRect();
    const at = { x: box.x + ((event.clientX - frame.left) / frame.width) * box.width, y: box.y + ((event.clientY - frame.top) / frame.height) * box.height };
    void flow.setCenter(at.x, at.y, { zoom: flow.getZoom() });
  };
  return (
    <svg
      className="overview-map nopan nowheel"
      width={width}
      height={height}
      viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
      role="img"
      aria-label="Map of the whole graph"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        goTo(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) goTo(event);
      }}
    >
      {paths.map(([category, path]) => (
        <path key={category ?? 'unknown'} d={path} fill={categoryColor(category)} />
      ))}
      <path className="overview-unseen" fillRule="evenodd" d={`${outline(box)}${outline({ x, y, width: seenWidth, height: seenHeight })}`} />
    </svg>
  );
}

function outline({ x, y, width: across, height: down }: Rectangle): string {
  return `M${x},${y}h${across}v${down}h${-across}z`;
}

/** The bounds, widened to the form of the map. */
function viewBox(bounds: Rectangle): Rectangle {
  const across = Math.max(bounds.width, (bounds.height * width) / height) * (1 + 2 * margin);
  const down = (across * height) / width;
  return { x: bounds.x + bounds.width / 2 - across / 2, y: bounds.y + bounds.height / 2 - down / 2, width: across, height: down };
}
