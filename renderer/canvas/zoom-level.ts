import { create } from 'zustand';

/** How much of a node can be read: all of it, its name, or that it is there. */
export type ZoomLevel = 'near' | 'middle' | 'far';

export function zoomLevel(zoom: number): ZoomLevel {
  return zoom >= 0.75 ? 'near' : zoom >= 0.36 ? 'middle' : 'far';
}

export const useZoomLevel = create<{ readonly level: ZoomLevel }>()(() => ({ level: 'near' }));

/** For the canvas alone. */
export function showZoomLevel(level: ZoomLevel): void {
  if (useZoomLevel.getState().level !== level) useZoomLevel.setState({ level });
}
