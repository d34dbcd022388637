import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { applyEdits } from '../../core/graph/apply-edit.ts';
import type { GraphDocument, GraphNode } from '../../core/graph/graph-document.ts';
import { resolvePath } from '../surroundings.ts';
import type { Surroundings } from '../surroundings.ts';
import { findNode } from './find-node.ts';

const where = { kind: 'option', option: '--data' } as const;

/** Points Series nodes at other files: every `NODE=FILE.csv`, the file relative to the working folder. */
export function applyData(
  surroundings: Surroundings,
  document: GraphDocument,
  projectDirectory: string,
  assignments: readonly string[],
): Result<GraphDocument> {
  let changed = document;
  for (const assignment of assignments) {
    const [name, file] = splitOnce(assignment);
    if (name === '' || file === '') return fail(diagnose('data-syntax', where, { found: assignment }));
    const node = findNode(document, name, '--data');
    if (!node.ok) return node;
    if (node.value.type !== 'series') {
      const series = document.nodes.filter((candidate) => candidate.type === 'series').map((candidate) => candidate.id);
      return fail(diagnose('data-not-series', where, { label: node.value.label, series }));
    }
    const relative = path.relative(projectDirectory, resolvePath(surroundings, file)).split(path.sep).join('/');
    changed = useFile(changed, node.value, relative);
  }
  return succeed(changed);
}

/** What the node's old file held says nothing of the new one: the reference goes. */
function useFile(document: GraphDocument, node: GraphNode, file: string): GraphDocument {
  const edited = applyEdits(document, [
    { kind: 'set-parameter', node: node.id, parameter: 'source', value: 'csv' },
    { kind: 'set-parameter', node: node.id, parameter: 'file', value: file },
  ]);
  return { ...edited, data: edited.data.filter((reference) => reference.node !== node.id) };
}

function splitOnce(text: string): readonly [before: string, after: string] {
  const place = text.indexOf('=');
  return place < 0 ? ['', ''] : [text.slice(0, place), text.slice(place + 1)];
}
