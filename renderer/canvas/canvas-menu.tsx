import type { MouseEvent } from 'react';
import { commands, runCommand, type CommandName } from '../app/commands.ts';
import { MenuAt, MenuItem } from '../components/menu.tsx';
import { onlyNode, selectNodes, selectWires, useSelection } from '../state/selection-store.ts';
import { openQuickAdd } from '../state/view-store.ts';
import { canvasControl } from './canvas-control.ts';
import { asNodeId, asWireId } from './flow/flow-adapter.ts';

/** What a menu on the canvas speaks of, and where it opens, in pixels of the window. */
export interface CanvasMenuPlace {
  readonly over: 'node' | 'selection' | 'canvas';
  readonly x: number;
  readonly y: number;
}

const offered: Readonly<Record<CanvasMenuPlace['over'], readonly CommandName[]>> = {
  node: ['rename', 'connect', 'duplicate', 'delete'],
  selection: ['duplicate', 'delete'],
  canvas: ['quick-add', 'select-all', 'arrange', 'fit'],
};

/** Where a menu was asked for on the graph; what lies there is selected, unless it is already. null: beside the graph. */
export function canvasMenuPlace({ target, clientX: x, clientY: y }: MouseEvent): CanvasMenuPlace | null {
  if (!(target instanceof Element) || target.closest('.flow') === null) return null;
  const node = target.closest('.react-flow__node')?.getAttribute('data-id');
  const wire = target.closest('.react-flow__edge')?.getAttribute('data-id');
  const { nodes, wires } = useSelection.getState();
  if (node !== null && node !== undefined) {
    if (!nodes.has(asNodeId(node))) selectNodes([asNodeId(node)]);
    return { over: onlyNode(useSelection.getState()) === null ? 'selection' : 'node', x, y };
  }
  if (wire !== null && wire !== undefined) {
    if (!wires.has(asWireId(wire))) selectWires([asWireId(wire)]);
    return { over: 'selection', x, y };
  }
  return { over: 'canvas', x, y };
}

/** The commands for what lies under the pointer. */
export function CanvasMenu({ place: { over, x, y }, onClose }: { readonly place: CanvasMenuPlace; readonly onClose: () => void }): React.JSX.Element {
  const run = (name: CommandName): void => {
    // Where the menu was asked for, not beside what was selected before.
    if (name === 'quick-add') openQuickAdd({ position: canvasControl()?.toCanvas({ x, y }) ?? null, at: { x, y }, end: null, after: null });
    else runCommand(name);
  };
  return (
    <MenuAt key={`${x} ${y}`} x={x} y={y} label={over === 'canvas' ? 'Canvas' : 'Selection'} onClose={onClose}>
      {offered[over].map((name) => (
        <MenuItem key={name} {...keysOf(name)} onSelect={() => run(name)}>
          {titles[name] ?? commands[name].title}
        </MenuItem>
      ))}
    </MenuAt>
  );
}

/** Shorter than in the list of keys: what is meant lies under the menu. */
const titles: Readonly<Partial<Record<CommandName, string>>> = { rename: 'Rename', connect: 'Connect' };

function keysOf(name: CommandName): { readonly keys?: string } {
  const { keys } = commands[name];
  return keys === null ? {} : { keys };
}
