import { create } from 'zustand';
import type { NodePosition } from '../../core/graph/graph-document.ts';
import type { NodeId } from '../../core/graph/identifiers.ts';
import type { DataPreview, Part } from '../../electron/ipc/data-messages.ts';
import { useDocument } from '../state/document-store.ts';

/** A file whose columns are being chosen. */
export interface CsvChoosing {
  readonly preview: DataPreview;
  /** The Series node that reads it; null: a new one, at the position if there is one. */
  readonly node: NodeId | null;
  readonly position: NodePosition | null;
  /** The project was begun for this file: where nothing is chosen after all, it goes again. */
  readonly begins: boolean;
}

/** What the Data panel shows. It outlives the panel, which is gone while another tab is chosen. */
export interface DataView {
  readonly choosing: CsvChoosing | null;
  /** The node shown while no Series node is selected; null: the first. */
  readonly node: NodeId | null;
  /** From 0. */
  readonly series: number;
  /** Half-open range of time steps; null: all. */
  readonly range: readonly [start: number, end: number] | null;
  readonly part: Part;
  /** From 0. */
  readonly sample: number;
}

const atFirst: DataView = { choosing: null, node: null, series: 0, range: null, part: 'training', sample: 0 };

export const useDataView = create<DataView>()(() => atFirst);

export function showSeriesNode(node: NodeId): void {
  useDataView.setState({ node, series: 0, range: null });
}

export function showSeries(series: number): void {
  useDataView.setState({ series, range: null });
}

export function showRange(range: DataView['range']): void {
  useDataView.setState({ range });
}

export function showPart(part: Part): void {
  useDataView.setState({ part, sample: 0 });
}

export function showSample(sample: number): void {
  useDataView.setState({ sample });
}

useDocument.subscribe((state, previous) => {
  if (state.project?.handle !== previous.project?.handle) useDataView.setState(atFirst);
});
