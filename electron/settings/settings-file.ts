import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { FileDoor } from '../../engine/files/file-door.ts';

/** A small file of the app's own: read once, written whenever it changes, one write at a time. */
export interface SettingsFile<Value> {
  readonly read: () => Value;
  readonly change: (change: (value: Value) => Value) => Value;
  /** Resolves when everything is on the disk. */
  readonly settle: () => Promise<void>;
}

/** What cannot be read or understood counts as absent: settings are never worth an app that does not start. */
export function openSettingsFile<Value>(door: FileDoor, file: string, schema: z.ZodType<Value>, absent: Value, warn: (diagnostic: Diagnostic) => void): SettingsFile<Value> {
  let value = readNow(file, schema) ?? absent;
  let writing: Promise<void> = Promise.resolve();
  let isOpen = false;

  async function write(): Promise<void> {
    isOpen = false;
    const written = await door.writeAtomically(file, new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`));
    if (!written.ok) written.diagnostics.forEach(warn);
  }

  return {
    read: () => value,
    change: (change) => {
      value = change(value);
      if (!isOpen) writing = writing.then(write);
      isOpen = true;
      return value;
    },
    settle: () => writing,
  };
}

// Synchronously: where the engine runs must be known before the app is ready.
function readNow<Value>(file: string, schema: z.ZodType<Value>): Value | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
