import { z } from 'zod';
import { panelSizes, setPanelSize, useView, type Panel, type ViewState } from './view-store.ts';

/** How the window was left: which panels, and how large. */
const keptView = z.object({
  sizes: z.partialRecord(z.enum(Object.keys(panelSizes) as [Panel, ...Panel[]]), z.number()).catch({}),
  paletteOpen: z.boolean().catch(true),
  inspectorOpen: z.boolean().catch(true),
  dockOpen: z.boolean().catch(true),
});

const key = 'unroll view';
const pauseMilliseconds = 200;

/** Brings panels back as they were left, and remembers them from now on. In a narrow window only their sizes: there they open over the canvas. */
export function keepView(storage: Storage, isNarrow: () => boolean): () => void {
  const left = keptView.safeParse(parsed(storage.getItem(key)));
  if (left.success) restore(left.data, isNarrow());
  let pause: ReturnType<typeof setTimeout> | undefined;
  return useView.subscribe((state, before) => {
    if (isNarrow() || sameView(state, before)) return;
    clearTimeout(pause);
    pause = setTimeout(() => storage.setItem(key, JSON.stringify(viewToKeep(useView.getState()))), pauseMilliseconds);
  });
}

function restore({ sizes, paletteOpen, inspectorOpen, dockOpen }: z.output<typeof keptView>, narrow: boolean): void {
  for (const [panel, size] of Object.entries(sizes)) setPanelSize(panel as Panel, size);
  if (!narrow) useView.setState({ paletteOpen, inspectorOpen });
  useView.setState(({ dock }) => ({ dock: { ...dock, open: dockOpen } }));
}

function viewToKeep({ sizes, paletteOpen, inspectorOpen, dock }: ViewState): z.input<typeof keptView> {
  return { sizes, paletteOpen, inspectorOpen, dockOpen: dock.open };
}

function sameView(first: ViewState, second: ViewState): boolean {
  return first.sizes === second.sizes && first.paletteOpen === second.paletteOpen && first.inspectorOpen === second.inspectorOpen && first.dock.open === second.dock.open;
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
}
