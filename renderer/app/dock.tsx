import { IconButton } from '../components/button.tsx';
import { PanelEdge } from '../components/panel-edge.tsx';
import { Tabs, type Tab } from '../components/tabs.tsx';
import { DataPanel } from '../data/data-panel.tsx';
import { EvaluationPanel } from '../evaluation/evaluation-panel.tsx';
import { ProblemCount, ProblemsPanel } from '../problems/problems-panel.tsx';
import { RunsPanel } from '../runs/runs-panel.tsx';
import { TrainingPanel } from '../training/training-panel.tsx';
import { panelSizes, setPanelSize, showDock, toggleDock, useView, type DockTab } from '../state/view-store.ts';

/** THE slots of the dock: each tab's panel is one component of its own folder. */
const tabs: readonly Tab<DockTab>[] = [
  { name: 'data', title: 'Data', panel: <DataPanel /> },
  { name: 'training', title: 'Training', panel: <TrainingPanel /> },
  { name: 'evaluation', title: 'Evaluation', panel: <EvaluationPanel /> },
  { name: 'runs', title: 'Runs', panel: <RunsPanel /> },
  { name: 'problems', title: 'Problems', badge: <ProblemCount />, panel: <ProblemsPanel /> },
];

export function Dock(): React.JSX.Element {
  const { tab, open } = useView((state) => state.dock);
  const height = useView((state) => state.sizes.dock);
  return (
    <section className="dock" aria-label="Dock" data-region="dock" style={open ? { height } : {}}>
      {open ? <PanelEdge label="Height of the dock" side="top" size={height} {...panelSizes.dock} onSize={(size) => setPanelSize('dock', size)} /> : null}
      <Tabs
        label="Dock"
        tabs={tabs}
        chosen={tab}
        onChoose={showDock}
        open={open}
        end={<IconButton icon={open ? 'chevronDown' : 'panelBottom'} label={open ? 'Close the dock' : 'Open the dock'} onClick={toggleDock} />}
      />
    </section>
  );
}
