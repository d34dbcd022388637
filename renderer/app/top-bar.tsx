import { Button, IconButton } from '../components/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../components/menu.tsx';
import { isUnsaved, useDocument } from '../state/document-store.ts';
import { useView } from '../state/view-store.ts';
import { commands, runCommand, type CommandName } from './commands.ts';
import { TrainControl } from './train-control.tsx';

/** What the button in the left corner offers. */
const projectMenu: readonly (readonly CommandName[])[] = [
  ['new', 'open', 'import', 'save', 'save-as'],
  ['export', 'export-picture', 'copy-as-command'],
  ['preferences', 'shortcuts', 'about'],
  ['close'],
];

export function TopBar(): React.JSX.Element {
  return (
    <header className="top-bar" data-region="bar">
      <div className="top-bar-start">
        <Menu trigger={<Button look="quiet" icon="folder" aria-label="Project menu" className="project-menu" />}>
          {projectMenu.map((group, index) => (
            <div key={group[0]}>
              {index === 0 ? null : <MenuSeparator />}
              {group.map((name) => (
                <MenuItem key={name} {...keysOf(name)} onSelect={() => runCommand(name)}>
                  {commands[name].title}
                </MenuItem>
              ))}
            </div>
          ))}
        </Menu>
        <ProjectName />
      </div>
      <div className="top-bar-middle">
        <UndoButtons />
        <CommandButton name="arrange" icon="arrange" />
        <CommandButton name="fit" icon="fit" />
      </div>
      <div className="top-bar-end">
        <TrainControl />
        <PanelButtons />
        <CommandButton name="shortcuts" icon="help" />
      </div>
    </header>
  );
}

function keysOf(name: CommandName): { readonly keys?: string } {
  const { keys } = commands[name];
  return keys === null ? {} : { keys };
}

function CommandButton({ name, icon, disabled = false }: { readonly name: CommandName; readonly icon: 'undo' | 'redo' | 'arrange' | 'fit' | 'help'; readonly disabled?: boolean }) {
  return <IconButton icon={icon} label={commands[name].title} {...keysOf(name)} disabled={disabled} onClick={() => runCommand(name)} />;
}

function ProjectName(): React.JSX.Element {
  const title = useDocument((state) => state.project?.title ?? '');
  const location = useDocument((state) => state.project?.location ?? null);
  const unsaved = useDocument(isUnsaved);
  return (
    <h1 className="project-name" title={location ?? 'Not saved as a file yet'}>
      <span className="project-name-text">{title}</span>
      {unsaved ? <span className="project-unsaved">Unsaved</span> : null}
    </h1>
  );
}

function UndoButtons(): React.JSX.Element {
  const canUndo = useDocument((state) => state.history.past.length > 0);
  const canRedo = useDocument((state) => state.history.future.length > 0);
  return (
    <>
      <CommandButton name="undo" icon="undo" disabled={!canUndo} />
      <CommandButton name="redo" icon="redo" disabled={!canRedo} />
    </>
  );
}

function PanelButtons(): React.JSX.Element {
  const paletteOpen = useView((state) => state.paletteOpen);
  const inspectorOpen = useView((state) => state.inspectorOpen);
  const dockOpen = useView((state) => state.dock.open);
  return (
    <>
      <IconButton icon="panelLeft" label="Palette" aria-pressed={paletteOpen} onClick={() => runCommand('toggle-palette')} />
      <IconButton icon="panelBottom" label="Dock" aria-pressed={dockOpen} onClick={() => runCommand('toggle-dock')} />
      <IconButton icon="panelRight" label="Inspector" aria-pressed={inspectorOpen} onClick={() => runCommand('toggle-inspector')} />
    </>
  );
}
