import { app, BrowserWindow, Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../ipc/application-messages.ts';

type Chosen = (command: MenuCommand, window: BrowserWindow | undefined) => void;

/**
 * The menu of every window. What the page must do it is told by name; keys that the page handles itself (undo inside a text
 * field, delete on the canvas) are only shown here, so that nothing is done twice.
 */
export function setApplicationMenu(chosen: Chosen): void {
  const item = (label: string, command: MenuCommand, accelerator?: string, handledByPage = false): MenuItemConstructorOptions => ({
    label,
    id: command,
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: !handledByPage }),
    click: (_item, window) => chosen(command, window instanceof BrowserWindow ? window : undefined),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const isMac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        item('New…', 'new', 'CmdOrCtrl+N'),
        item('Open…', 'open', 'CmdOrCtrl+O'),
        item('Import…', 'import'),
        separator,
        item('Save', 'save', 'CmdOrCtrl+S'),
        item('Save As…', 'save-as', 'CmdOrCtrl+Shift+S'),
        separator,
        item('Export…', 'export'),
        item('Export Picture…', 'export-picture'),
        item('Copy as Command', 'copy-as-command'),
        separator,
        item('Preferences…', 'preferences', 'CmdOrCtrl+,'),
        separator,
        item('Close Project', 'close', 'CmdOrCtrl+W'),
        ...(isMac ? [] : [{ role: 'quit' as const }]),
      ],
    },
    {
      label: '&Edit',
      submenu: [
        item('Undo', 'undo', 'CmdOrCtrl+Z', true),
        item('Redo', 'redo', 'CmdOrCtrl+Shift+Z', true),
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        item('Duplicate', 'duplicate', 'CmdOrCtrl+D', true),
        item('Delete', 'delete', 'Delete', true),
        item('Select All', 'select-all', 'CmdOrCtrl+A', true),
      ],
    },
    {
      label: '&Graph',
      submenu: [item('Add Node…', 'quick-add', 'Tab', true), item('Arrange', 'arrange', 'L', true)],
    },
    {
      label: '&View',
      submenu: [
        item('Zoom In', 'zoom-in', 'Plus', true),
        item('Zoom Out', 'zoom-out', '-', true),
        item('Show Everything', 'fit', 'F', true),
        separator,
        item('Data', 'show-data', 'CmdOrCtrl+1'),
        item('Training', 'show-training', 'CmdOrCtrl+2'),
        item('Evaluation', 'show-evaluation', 'CmdOrCtrl+3'),
        item('Runs', 'show-runs', 'CmdOrCtrl+4'),
        item('Problems', 'show-problems', 'CmdOrCtrl+5'),
        separator,
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' as const }]),
      ],
    },
    {
      label: '&Run',
      submenu: [item('Train', 'train', 'CmdOrCtrl+Enter'), item('Stop', 'stop', 'CmdOrCtrl+.')],
    },
    {
      label: '&Help',
      submenu: [item('Keys', 'shortcuts', '?', true), item('About Unroll', 'about')],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
