import { Canvas } from '../canvas/canvas.tsx';
import { Inspector } from '../inspector/inspector.tsx';
import { Palette } from '../palette/palette.tsx';
import { useView } from '../state/view-store.ts';
import { Dock } from './dock.tsx';
import { TopBar } from './top-bar.tsx';

/** Palette left, canvas in the middle, inspector right, dock below, one bar above. F6 goes from one to the next. */
export function Workspace(): React.JSX.Element {
  const paletteOpen = useView((state) => state.paletteOpen);
  const inspectorOpen = useView((state) => state.inspectorOpen);
  return (
    <div className="workspace">
      <TopBar />
      <div className="workspace-middle">
        {paletteOpen ? <Palette /> : null}
        <main className="workspace-canvas" aria-label="Canvas" data-region="canvas" tabIndex={-1}>
          <Canvas />
        </main>
        {inspectorOpen ? <Inspector /> : null}
      </div>
      <Dock />
    </div>
  );
}
