import { create } from 'zustand';

/** How much of a node can be read: all of it, its name and its key parameters, its name between its ports, its name alone, or that it is there. */
export type ZoomLevel = 'near' | 'close' | 'middle' | 'far' | 'farthest';

export function zoomLevel(zoom: number): ZoomLevel {
  return zoom >= 0.75 ? 'near' : zoom >= 0.5 ? 'close' : zoom >= 0.36 ? 'middle' : zoom >= 0.22 ? 'far' : 'farthest';
}

/** From where nodes are blocks, and wires are drawn together. */
export function isFar(level: ZoomLevel): level is 'far' | 'farthest' {
  return level === 'far' || level === 'farthest';
}

export const useZoomLevel = create<{ readonly level: ZoomLevel }>()(() => ({ level: 'near' }));

/** For the canvas alone. */
export function showZoomLevel(level: ZoomLevel): void {
  if (useZoomLevel.getState().level !== level) useZoomLevel.setState({ level });
}
