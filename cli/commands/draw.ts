import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { graphPicture } from '../../core/drawing/graph-picture.ts';
import type { PictureTheme } from '../../core/drawing/picture-theme.ts';
import { checkOutputPlace } from '../../engine/files/output-place.ts';
import { readDocumentData } from '../../engine/training/read-series.ts';
import { loadProject } from '../load-project.ts';
import { done, failed, failedWith, misused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { readCsv } from '../read-csv.ts';
import { resolvePath, showPath } from '../surroundings.ts';
import type { Surroundings } from '../surroundings.ts';

export interface DrawArguments {
  readonly file: string;
  readonly out: string;
  readonly theme: PictureTheme;
  readonly shapes?: boolean;
}

/** `unroll draw`: the graph of a project as a picture, whatever is wrong with it. */
export async function drawProject(surroundings: Surroundings, { file, out, theme, shapes = false }: DrawArguments): Promise<Outcome> {
  const target = resolvePath(surroundings, out);
  const kind = path.extname(target).toLowerCase();
  if (kind !== '.svg' && kind !== '.png') return misused(diagnose('picture-kind', { kind: 'option', option: '--out' }, { out }));
  const project = await loadProject(surroundings, file);
  if (!project.ok) return failedWith(project);
  const free = await checkOutputPlace(surroundings.door, target);
  if (!free.ok) return failedWith(free);
  const { document, directory, notes } = project.value;
  // Sizes that wait for a file that cannot be read stay symbols.
  const data = await readDocumentData(document, directory, { files: surroundings.door, readCsv });
  const svg = graphPicture(document, data.ok ? data.value.facts : {}, { theme, shapes });
  const bytes = kind === '.svg' ? new TextEncoder().encode(svg) : (await import('../../formats/picture/write-png.ts')).writePng(svg);
  if (bytes === null) return failed(diagnose('picture-without-fonts', { kind: 'file', file: target }, {}));
  const written = await surroundings.door.writeAtomically(target, bytes);
  if (!written.ok) return failedWith(written);
  const unread = data.ok ? [] : data.diagnostics.map((diagnostic) => ({ ...diagnostic, severity: 'warning' as const }));
  return done(
    { project: project.value.file, out: target, nodes: document.nodes.length, wires: document.wires.length, theme, shapes },
    [`${showPath(surroundings, target)}: ${document.name}, ${theme}${shapes ? ', with shapes' : ''}.`],
    [...notes, ...unread],
  );
}
