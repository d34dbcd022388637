import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { IconButton } from '../components/button.tsx';
import { Tabs, type Tab } from '../components/tabs.tsx';
import { DataPanel } from '../data/data-panel.tsx';
import { EvaluationPanel } from '../evaluation/evaluation-panel.tsx';
import { ProblemCount, ProblemsPanel } from '../problems/problems-panel.tsx';
import { RunsPanel } from '../runs/runs-panel.tsx';
import { TrainingPanel } from '../training/training-panel.tsx';
import { dockHeights, setDockHeight, showDock, toggleDock, useView, type DockTab } from '../state/view-store.ts';

/** THE slots of the dock: each tab's panel is one component of its own folder. */
const tabs: readonly Tab<DockTab>[] = [
  { name: 'data', title: 'Data', panel: <DataPanel /> },
  { name: 'training', title: 'Training', panel: <TrainingPanel /> },
  { name: 'evaluation', title: 'Evaluation', panel: <EvaluationPanel /> },
  { name: 'runs', title: 'Runs', panel: <RunsPanel /> },
  { name: 'problems', title: 'Problems', badge: <ProblemCount />, panel: <ProblemsPanel /> },
];

export function Dock(): React.JSX.Element {
  const { tab, open, height } = useView((state) => state.dock);
  return (
    <section className="dock" aria-label="Dock" data-region="dock" style={open ? { height } : {}}>
      {open ? <DockEdge height={height} /> : null}
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

const keyStep = 24;

/** The edge between canvas and dock: dragged, or moved by arrow keys. */
function DockEdge({ height }: { readonly height: number }): React.JSX.Element {
  const start = useRef<{ readonly y: number; readonly height: number } | null>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    event.stopPropagation();
    setDockHeight(height + (event.key === 'ArrowUp' ? keyStep : -keyStep));
  };
  const onPointerDown = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { y: event.clientY, height };
  };
  return (
    <div
      className="dock-edge"
      role="separator"
      aria-label="Height of the dock"
      aria-orientation="horizontal"
      aria-valuenow={height}
      aria-valuemin={dockHeights.least}
      aria-valuemax={dockHeights.most}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (start.current !== null) setDockHeight(start.current.height + start.current.y - event.clientY);
      }}
      onPointerUp={() => {
        start.current = null;
      }}
    />
  );
}
