import type { CommandName } from './commands.ts';

export interface Keystroke {
  /** As KeyboardEvent.key has it. */
  readonly key: string;
  /** Ctrl, or Cmd. */
  readonly command: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

/** Where the focus is. */
export interface KeyPlace {
  /** In a text field: keys that write or edit there are its own. */
  readonly typing: boolean;
  readonly canvas: boolean;
}

const withCommand: Readonly<Record<string, CommandName>> = {
  n: 'new', o: 'open', s: 'save', w: 'close', d: 'duplicate', j: 'toggle-dock', Enter: 'train', '.': 'stop', ',': 'preferences',
  '1': 'show-data', '2': 'show-training', '3': 'show-evaluation', '4': 'show-runs', '5': 'show-problems',
};

const onCanvas: Readonly<Record<string, CommandName>> = {
  Tab: 'quick-add', c: 'connect', F2: 'rename', l: 'arrange', f: 'fit', '+': 'zoom-in', '=': 'zoom-in', '-': 'zoom-out', Delete: 'delete', Backspace: 'delete',
};

/** The command that a key stands for at a place; null: the key is not ours. */
export function keyCommand({ key, command, shift, alt }: Keystroke, { typing, canvas }: KeyPlace): CommandName | null {
  if (alt) return null;
  const letter = key.length === 1 ? key.toLowerCase() : key;
  if (command) {
    if (typing && (letter === 'z' || letter === 'y' || letter === 'a' || letter === 'd')) return null;
    if (letter === 'z') return shift ? 'redo' : 'undo';
    if (letter === 'y') return 'redo';
    if (letter === 's' && shift) return 'save-as';
    if (letter === 'a') return canvas ? 'select-all' : null;
    return shift ? null : (withCommand[letter] ?? null);
  }
  if (typing) return null;
  if (key === '?') return 'shortcuts';
  if (!canvas || (shift && key === 'Tab')) return null;
  return onCanvas[letter] ?? null;
}
