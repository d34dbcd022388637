import { useView } from '../state/view-store.ts';

const narrowWidth = '(width <= 860px)';

/** Whether the side panels lie over the canvas. */
export function isNarrow(page: Window): boolean {
  return page.matchMedia(narrowWidth).matches;
}

/** Closes the side panels when the window becomes too narrow for them beside the canvas, and opens them when there is room again. */
export function followWidth(page: Window): () => void {
  const narrow = page.matchMedia(narrowWidth);
  const onChange = () => useView.setState({ paletteOpen: !narrow.matches, inspectorOpen: !narrow.matches });
  narrow.addEventListener('change', onChange);
  return () => narrow.removeEventListener('change', onChange);
}
