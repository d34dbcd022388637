import './panels.css';
import './data-panel.css';
import type { GraphNode } from '../../core/graph/graph-document.ts';
import type { NodeId } from '../../core/graph/identifiers.ts';
import type { DataPreview } from '../../electron/ipc/data-messages.ts';
import type { ProjectHandle } from '../../electron/ipc/project-messages.ts';
import { Button, IconButton } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { desktop, valueOrNotice } from '../state/desktop.ts';
import { presentDocument, useDocument } from '../state/document-store.ts';
import { onlyNode, selectNodes, useSelection } from '../state/selection-store.ts';
import { CsvDialog } from './csv-dialog.tsx';
import { showSeriesNode, useDataView } from './data-view-store.ts';
import { SampleView } from './sample-view.tsx';
import { fileOf, seriesNodes, shownSeriesNode } from './series-source.ts';
import { SeriesView } from './series-view.tsx';

/** The dock's Data tab: the series where data enters, and the samples that windows make of it. */
export function DataPanel(): React.JSX.Element | null {
  const project = useDocument((state) => state.project?.handle ?? null);
  const nodes = seriesNodes(useDocument(presentDocument));
  const selected = useSelection(onlyNode);
  const shown = useDataView((state) => state.node);
  if (project === null) return null;
  const node = shownSeriesNode(nodes, selected, shown);
  return (
    <div className="panel data-panel">
      {node === undefined ? <NoSeries project={project} /> : <SeriesColumns project={project} nodes={nodes} node={node} />}
      <CsvDialog />
    </div>
  );
}

function choose(node: NodeId | null, preview: DataPreview | null | undefined): void {
  if (preview !== null && preview !== undefined) useDataView.setState({ choosing: { node, preview, position: null, begins: false } });
}

async function openFile(project: ProjectHandle, node: NodeId | null): Promise<void> {
  choose(node, await valueOrNotice(desktop().attachData({ project })));
}

async function openColumns(project: ProjectHandle, node: NodeId, file: string): Promise<void> {
  choose(node, await valueOrNotice(desktop().previewData({ project, file })));
}

function NoSeries({ project }: { readonly project: ProjectHandle }): React.JSX.Element {
  return (
    <EmptyState title="No data yet" text="Open a CSV file, drop one anywhere on the window, or drag a Series node from the palette: its generator makes waves to begin with.">
      <Button look="primary" icon="folder" onClick={() => void openFile(project, null)}>
        Open CSV file…
      </Button>
    </EmptyState>
  );
}

interface SeriesColumnsProps {
  readonly project: ProjectHandle;
  readonly nodes: readonly GraphNode[];
  readonly node: GraphNode;
}

function SeriesColumns({ project, nodes, node }: SeriesColumnsProps): React.JSX.Element {
  const file = fileOf(node);
  return (
    <>
      <SeriesView key={node.id} project={project} node={node}>
        <NodeChoice nodes={nodes} node={node} />
        <span className="quiet data-file" title={file ?? ''}>
          {file === null ? (node.parameters['source'] === 'csv' ? 'no file chosen' : 'generated waves') : file.split(/[/\\]/).at(-1)}
        </span>
        <IconButton icon="folder" label={file === null ? 'Read a CSV file instead' : 'Read another CSV file'} onClick={() => void openFile(project, node.id)} />
        {file === null ? null : (
          <Button look="quiet" icon="settings" onClick={() => void openColumns(project, node.id, file)}>
            Columns…
          </Button>
        )}
      </SeriesView>
      <SampleView project={project} />
    </>
  );
}

function NodeChoice({ nodes, node }: Pick<SeriesColumnsProps, 'nodes' | 'node'>): React.JSX.Element {
  if (nodes.length === 1) return <h3>{node.label}</h3>;
  return (
    <select
      className="input select data-node"
      aria-label="Series node"
      value={node.id}
      onChange={(event) => {
        const chosen = nodes.find(({ id }) => id === event.target.value);
        if (chosen === undefined) return;
        showSeriesNode(chosen.id);
        selectNodes([chosen.id]);
      }}
    >
      {nodes.map(({ id, label }) => (
        <option key={id} value={id}>
          {label}
        </option>
      ))}
    </select>
  );
}
