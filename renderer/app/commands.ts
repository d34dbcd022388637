import type { MenuCommand } from '../../electron/ipc/application-messages.ts';
import { canvasControl } from '../canvas/canvas-control.ts';
import { arrangeNodes } from '../canvas/actions/arrange-nodes.ts';
import { deleteSelection } from '../canvas/actions/delete-selection.ts';
import { duplicateSelection } from '../canvas/actions/duplicate-selection.ts';
import { quickAddBeside } from '../canvas/actions/add-node.ts';
import { copyCommand, exportLastRun } from './export-commands.ts';
import { currentDocument, redoEdit, undoEdit, useDocument } from '../state/document-store.ts';
import { askToClose, importProject, newProject, openProject, saveProject } from '../state/project-session.ts';
import { stopTraining, train } from '../state/runs-store.ts';
import { onlyNode, selectNodes, useSelection } from '../state/selection-store.ts';
import { showDialog, showDock, startConnecting, toggleDock, toggleInspector, togglePalette } from '../state/view-store.ts';

export type CommandName = MenuCommand | 'connect' | 'rename' | 'toggle-palette' | 'toggle-inspector' | 'toggle-dock';

/** Under which heading the list of keys has it. */
export type CommandGroup = 'Project' | 'Edit' | 'Canvas' | 'Train' | 'Window';

export interface Command {
  readonly title: string;
  readonly group: CommandGroup;
  /** As the list of keys shows them, alternatives separated by " or "; null: none. */
  readonly keys: string | null;
  /** Works without an open project. */
  readonly anywhere?: true;
  readonly run: () => void;
}

/** Everything that a menu, a button or a key can ask of the window, once. */
export const commands: Readonly<Record<CommandName, Command>> = {
  new: { title: 'New project', group: 'Project', keys: 'Ctrl+N', anywhere: true, run: () => void startNew() },
  open: { title: 'Open…', group: 'Project', keys: 'Ctrl+O', anywhere: true, run: () => void openProject() },
  import: { title: 'Import…', group: 'Project', keys: null, anywhere: true, run: () => void importProject() },
  save: { title: 'Save', group: 'Project', keys: 'Ctrl+S', run: () => void saveProject() },
  'save-as': { title: 'Save as…', group: 'Project', keys: 'Ctrl+Shift+S', run: () => void saveProject({ as: true }) },
  close: { title: 'Close project', group: 'Project', keys: 'Ctrl+W', anywhere: true, run: closeShown },
  export: { title: 'Export…', group: 'Project', keys: null, run: () => void exportLastRun() },
  'export-picture': { title: 'Export picture…', group: 'Project', keys: null, run: () => showDialog('picture') },
  'copy-as-command': { title: 'Copy as command', group: 'Project', keys: null, run: () => void copyCommand() },
  undo: { title: 'Undo', group: 'Edit', keys: 'Ctrl+Z', run: undoEdit },
  redo: { title: 'Redo', group: 'Edit', keys: 'Ctrl+Shift+Z or Ctrl+Y', run: redoEdit },
  duplicate: { title: 'Duplicate', group: 'Edit', keys: 'Ctrl+D', run: duplicateSelection },
  delete: { title: 'Delete', group: 'Edit', keys: 'Delete or Backspace', run: deleteSelection },
  'select-all': { title: 'Select all', group: 'Edit', keys: 'Ctrl+A', run: selectAll },
  'quick-add': { title: 'Add a node', group: 'Canvas', keys: 'Tab', run: quickAddBeside },
  connect: { title: 'Connect the selected node', group: 'Canvas', keys: 'C', run: connectSelected },
  rename: { title: 'Rename the selected node', group: 'Canvas', keys: 'F2', run: renameSelected },
  arrange: { title: 'Arrange nodes', group: 'Canvas', keys: 'L', run: arrangeNodes },
  fit: { title: 'Show everything', group: 'Canvas', keys: 'F', run: () => canvasControl()?.fit() },
  'zoom-in': { title: 'Zoom in', group: 'Canvas', keys: '+', run: () => canvasControl()?.zoomIn() },
  'zoom-out': { title: 'Zoom out', group: 'Canvas', keys: '-', run: () => canvasControl()?.zoomOut() },
  train: { title: 'Train', group: 'Train', keys: 'Ctrl+Enter', run: () => void train() },
  stop: { title: 'Stop training', group: 'Train', keys: 'Ctrl+.', run: () => void stopTraining() },
  'show-data': { title: 'Data', group: 'Window', keys: 'Ctrl+1', run: () => showDock('data') },
  'show-training': { title: 'Training', group: 'Window', keys: 'Ctrl+2', run: () => showDock('training') },
  'show-evaluation': { title: 'Evaluation', group: 'Window', keys: 'Ctrl+3', run: () => showDock('evaluation') },
  'show-runs': { title: 'Runs', group: 'Window', keys: 'Ctrl+4', run: () => showDock('runs') },
  'show-problems': { title: 'Problems', group: 'Window', keys: 'Ctrl+5', run: () => showDock('problems') },
  'toggle-palette': { title: 'Palette', group: 'Window', keys: null, run: togglePalette },
  'toggle-inspector': { title: 'Inspector', group: 'Window', keys: null, run: toggleInspector },
  'toggle-dock': { title: 'Dock', group: 'Window', keys: 'Ctrl+J', run: toggleDock },
  preferences: { title: 'Preferences…', group: 'Window', keys: 'Ctrl+,', anywhere: true, run: () => showDialog('preferences') },
  shortcuts: { title: 'Keys', group: 'Window', keys: '?', anywhere: true, run: () => showDialog('shortcuts') },
  about: { title: 'About Unroll', group: 'Window', keys: null, anywhere: true, run: () => showDialog('about') },
};

export function runCommand(name: CommandName): void {
  const command = commands[name];
  if (command.anywhere === true || useDocument.getState().project !== null) command.run();
}

/** With a project open the gallery is a dialog; without one it is already there, and New means an empty project. */
async function startNew(): Promise<void> {
  if (useDocument.getState().project === null) await newProject(null);
  else showDialog('gallery');
}

/** The project; from the gallery the window. */
function closeShown(): void {
  if (useDocument.getState().project === null) window.close();
  else void askToClose('project');
}

function selectAll(): void {
  const { nodes, wires } = currentDocument();
  selectNodes(nodes.map((node) => node.id), wires.map((wire) => wire.id));
}

function connectSelected(): void {
  const node = onlyNode(useSelection.getState());
  if (node !== null) startConnecting(node);
}

function renameSelected(): void {
  const node = onlyNode(useSelection.getState());
  if (node !== null) useSelection.setState({ parameter: 'label' });
}
