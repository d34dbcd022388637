import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Keys } from '../components/keys.tsx';
import { commands, type CommandGroup } from './commands.ts';

interface KeyLine {
  readonly title: string;
  readonly keys: string;
}

/** What is no command of a menu: pointer and focus. */
const gestures: Readonly<Partial<Record<CommandGroup, readonly KeyLine[]>>> = {
  Edit: [
    { title: 'Copy, cut, paste', keys: 'Ctrl+C or Ctrl+X or Ctrl+V' },
  ],
  Canvas: [
    { title: 'Add a node with the mouse', keys: 'Double-click' },
    { title: 'Go to the nearest node', keys: 'Arrows' },
    { title: 'Add to the selection on the way', keys: 'Shift+Arrows' },
    { title: 'Move the selected nodes', keys: 'Alt+Arrows' },
    { title: 'Edit the selected node', keys: 'Enter' },
    { title: 'Select nothing', keys: 'Escape' },
    { title: 'Select several', keys: 'Shift+Drag or Ctrl+Click' },
    { title: 'Move the canvas', keys: 'Drag or Middle button' },
    { title: 'Zoom', keys: 'Wheel' },
    { title: 'Splice a node into a wire', keys: 'Drop it on the wire' },
    { title: 'Move an end of a wire, or pull it off', keys: 'Drag the end' },
  ],
  Window: [
    { title: 'Next part of the window', keys: 'F6' },
    { title: 'Part before', keys: 'Shift+F6' },
  ],
};

const groups: readonly CommandGroup[] = ['Canvas', 'Edit', 'Project', 'Train', 'Window'];

export function ShortcutsDialog({ open, onDismiss }: { readonly open: boolean; readonly onDismiss: () => void }): React.JSX.Element {
  return (
    <Dialog open={open} wide title="Keys" onDismiss={onDismiss} actions={<Button onClick={onDismiss}>Close</Button>}>
      <div className="shortcuts">
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {linesOf(group).map(({ title, keys }) => (
                <div key={title}>
                  <dt>{title}</dt>
                  <dd>
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function linesOf(group: CommandGroup): readonly KeyLine[] {
  const named = Object.values(commands).flatMap(({ title, keys, group: its }) => (its === group && keys !== null ? [{ title, keys }] : []));
  return [...named, ...(gestures[group] ?? [])];
}
