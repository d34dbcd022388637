import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { portableName } from '../../core/export/portable-name.ts';
import type { FileDoor } from '../../engine/files/file-door.ts';

export type PictureKind = 'svg' | 'png';

/** Asks where a picture goes; null: the person closed the dialog. */
export async function askPicturePlace(window: BrowserWindow, proposed: string, kind: PictureKind): Promise<string | null> {
  const chosen = await dialog.showSaveDialog(window, {
    title: 'Export picture',
    defaultPath: portableName(proposed),
    filters: [{ name: kind.toUpperCase(), extensions: [kind] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  if (chosen.canceled || chosen.filePath === '') return null;
  return chosen.filePath.toLowerCase().endsWith(`.${kind}`) ? chosen.filePath : `${chosen.filePath}.${kind}`;
}

/** Writes an SVG picture as it is, or as PNG. */
export async function writePicture(door: FileDoor, out: string, svg: string, kind: PictureKind): Promise<Result<null>> {
  const bytes = kind === 'svg' ? new TextEncoder().encode(svg) : (await import('../../formats/picture/write-png.ts')).writePng(svg);
  return bytes === null ? fail(diagnose('picture-without-fonts', { kind: 'file', file: out }, {})) : door.writeAtomically(out, bytes);
}
