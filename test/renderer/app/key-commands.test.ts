import { expect, it } from 'vitest';
import { keyCommand } from '../../../renderer/app/key-commands.ts';

const canvas = { typing: false, canvas: true };
const field = { typing: true, canvas: false };
const panel = { typing: false, canvas: false };

/** "Ctrl+Shift+Z" */
function stroke(keys: string) {
  const parts = keys.split('+');
  return { key: parts.at(-1)!, command: parts.includes('Ctrl'), shift: parts.includes('Shift'), alt: parts.includes('Alt') };
}

it.each([
  ['Ctrl+z', canvas, 'undo'],
  ['Ctrl+Shift+Z', panel, 'redo'],
  ['Ctrl+y', canvas, 'redo'],
  // A text field undoes what was typed into it, by itself.
  ['Ctrl+z', field, null],
  ['Ctrl+s', field, 'save'],
  ['Ctrl+Shift+S', canvas, 'save-as'],
  ['Ctrl+Enter', field, 'train'],
  ['Tab', canvas, 'quick-add'],
  ['Shift+Tab', canvas, null],
  ['Tab', panel, null],
  ['Delete', canvas, 'delete'],
  ['Delete', field, null],
  ['Delete', panel, null],
  ['c', canvas, 'connect'],
  ['Ctrl+c', canvas, null],
  ['?', panel, 'shortcuts'],
  ['?', field, null],
  ['Alt+f', canvas, null],
] as const)('%s', (keys, place, command) => {
  expect(keyCommand(stroke(keys), place)).toBe(command);
});
