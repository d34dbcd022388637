import { PanelEdge } from '../components/panel-edge.tsx';
import { panelSizes, setPanelSize, useView } from '../state/view-store.ts';
import { onlyNode, useSelection } from '../state/selection-store.ts';
import { NodeInspector } from './node-inspector.tsx';
import { SeveralInspector } from './several-inspector.tsx';
import { TrainingInspector } from './training-inspector.tsx';
import { WireInspector } from './wire-inspector.tsx';

/** What is selected, in full; with nothing selected, how the graph is trained. */
export function Inspector(): React.JSX.Element {
  const width = useView((state) => state.sizes.inspector);
  const node = useSelection(onlyNode);
  const wire = useSelection((state) => (state.nodes.size === 0 && state.wires.size === 1 ? ([...state.wires][0] ?? null) : null));
  const count = useSelection((state) => state.nodes.size + state.wires.size);
  return (
    <aside className="side-panel side-panel-end inspector" aria-label="Inspector" data-region="inspector" style={{ width }}>
      <PanelEdge label="Width of the inspector" side="left" size={width} {...panelSizes.inspector} onSize={(size) => setPanelSize('inspector', size)} />
      {node !== null ? <NodeInspector key={node} id={node} /> : wire !== null ? <WireInspector id={wire} /> : count > 0 ? <SeveralInspector /> : <TrainingInspector />}
    </aside>
  );
}
