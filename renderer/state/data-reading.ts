import type { GraphDocument, GraphNode } from '../../core/graph/graph-document.ts';
import { desktop } from './desktop.ts';
import { presentDocument, setDataReading, useDocument } from './document-store.ts';

const pause = 150;

/** The nodes that read a file. */
function fileNodes(document: GraphDocument): readonly GraphNode[] {
  return document.nodes.filter((node) => node.type === 'series' && node.parameters['source'] === 'csv');
}

/** What the reading of files depends on, as text. */
function readingKey(document: GraphDocument): string {
  return JSON.stringify(fileNodes(document).map(({ id, parameters }) => [id, parameters]));
}

/** Has the files of Series nodes read whenever one of these nodes changes; the facts go to the checks. */
export function readDataWhenNeeded(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  useDocument.subscribe((state, previous) => {
    const { project } = state;
    const document = presentDocument(state);
    if (project === null) return;
    const isSame = previous.project?.handle === project.handle;
    if (isSame && document.nodes === presentDocument(previous).nodes) return;
    if (isSame && readingKey(document) === readingKey(presentDocument(previous))) return;
    clearTimeout(timer);
    if (!isSame && fileNodes(document).length === 0) return;
    timer = setTimeout(() => void readData(), isSame ? pause : 0);
  });
}

/** Reads the files again: after one was found again, or by hand. */
export async function readData(): Promise<void> {
  const { project } = useDocument.getState();
  if (project === null) return;
  const asked = presentDocument(useDocument.getState());
  const answer = await desktop().readData({ project: project.handle, document: asked });
  // An answer about files that are no longer asked for would be wrong facts.
  const now = useDocument.getState();
  if (now.project?.handle !== project.handle || readingKey(presentDocument(now)) !== readingKey(asked)) return;
  setDataReading(answer.ok ? answer.value : { facts: {}, diagnostics: answer.diagnostics });
}
