import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import { exportFormats } from '../../core/export/export-formats.ts';
import type { ExportFormatName } from '../../core/export/export-formats.ts';

/** Asks where an export goes; null: the person closed the dialog. */
export async function askExportPlace(window: BrowserWindow, format: ExportFormatName): Promise<string | null> {
  const { title, artefact, proposedName } = exportFormats[format];
  const chosen = await dialog.showSaveDialog(window, {
    title: `Export as ${title}`,
    defaultPath: proposedName,
    ...(artefact.kind === 'file' ? { filters: [{ name: title, extensions: [artefact.extension.slice(1)] }] } : {}),
    properties: ['createDirectory'],
  });
  return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
}
