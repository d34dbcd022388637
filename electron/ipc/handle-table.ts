import { randomBytes } from 'node:crypto';

/** Things that windows name by handles: a handle says nothing about the thing, and one that was not given names nothing. */
export interface HandleTable<Handle extends string, Thing> {
  /** The handle of what stands under the key; it is put there where nothing is yet. */
  readonly handleOf: (key: string, thing: Thing) => Handle;
  readonly find: (handle: Handle) => Thing | undefined;
  /** The same thing with the same handle under another key; undefined: there was none. */
  readonly move: (key: string, to: string) => Handle | undefined;
}

export function createHandleTable<Handle extends string, Thing>(prefix: string): HandleTable<Handle, Thing> {
  const things = new Map<Handle, Thing>();
  const handles = new Map<string, Handle>();
  return {
    handleOf: (key, thing) => {
      const known = handles.get(key);
      if (known !== undefined) return known;
      const handle = newHandle<Handle>(prefix);
      handles.set(key, handle);
      things.set(handle, thing);
      return handle;
    },
    find: (handle) => things.get(handle),
    move: (key, to) => {
      const handle = handles.get(key);
      if (handle === undefined) return undefined;
      handles.delete(key);
      handles.set(to, handle);
      return handle;
    },
  };
}

/** 'project-3f9a…': 16 hexadecimal digits that nobody can guess. */
export function newHandle<Handle extends string>(prefix: string): Handle {
  return `${prefix}-${randomBytes(8).toString('hex')}` as Handle;
}
