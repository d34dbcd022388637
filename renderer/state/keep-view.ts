import { z } from 'zod';
import { panelSizes, setPanelSize, useView, type Panel, type ViewState } from './view-store.ts';

/** How the window was left: which panels, and how large. */
const keptView = z.object({
  sizes: z.partialRecord(z.enum(Object.keys(panelSizes) as [Panel, ...Panel[]]), z.number()).catch({}),
  paletteOpen: z.boolean().catch(true),
  inspectorOpen: z.boolean().catch(true),
  dockOpen: z.boolean().catch(true),
  foldedCategories: z.array(z.string()).max(100).catch([]),
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

function restore({ sizes, paletteOpen, inspectorOpen, dockOpen, foldedCategories }: z.output<typeof keptView>, narrow: boolean): void {
  for (const [panel, size] of Object.entries(sizes)) setPanelSize(panel as Panel, size);
  if (!narrow) useView.setState({ paletteOpen, inspectorOpen });
  useView.setState(({ dock }) => ({ foldedCategories, dock: { ...dock, open: dockOpen } }));
}

function viewToKeep({ sizes, paletteOpen, inspectorOpen, dock, foldedCategories }: ViewState): z.input<typeof keptView> {
  return { sizes, paletteOpen, inspectorOpen, dockOpen: dock.open, foldedCategories: [...foldedCategories] };
}

function sameView(first: ViewState, second: ViewState): boolean {
  const kept = ['sizes', 'paletteOpen', 'inspectorOpen', 'foldedCategories'] as const;
  return first.dock.open === second.dock.open && kept.every((member) => first[member] === second[member]);
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
}
