import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { GraphDocument, GraphNode } from '../../core/graph/graph-document.ts';
import { seriesNode } from '../../core/nodes/series.ts';

/**
 * The data files that a project may read: those that its own file names, and those that the person chose or dropped. A
 * window names them as the document does; it cannot name others.
 */
export interface DataFiles {
  /** Lets the project read every file that the document names, relative to a folder. A name that means a file already keeps it. */
  readonly admitDocument: (document: GraphDocument, directory: string) => void;
  /** Lets the project read a file; gives the name that the document is to use. */
  readonly admitFile: (file: string, directory: string | null) => string;
  /** The absolute path of a file that the document names; undefined where the project may not read it. */
  readonly find: (name: string) => string | undefined;
  /**
   * The document with its data files named relative to a folder, or absolutely (null). A name that was not admitted stays,
   * and is complained of: a document that holds one can be saved, not read.
   */
  readonly rename: (document: GraphDocument, directory: string | null) => RenamedDocument;
  /** Every name of the one file means the other from now on. */
  readonly replace: (from: string, to: string) => void;
  readonly entries: () => Readonly<Record<string, string>>;
}

export interface RenamedDocument {
  readonly document: GraphDocument;
  readonly problems: readonly Diagnostic[];
}

/** `known`: names with absolute paths, as a draft has kept them. */
export function createDataFiles(known: Readonly<Record<string, string>> = {}): DataFiles {
  const files = new Map(Object.entries(known));

  function admitFile(file: string, directory: string | null): string {
    const name = nameFrom(file, directory);
    files.set(name, file);
    return name;
  }

  return {
    admitDocument: (document, directory) => {
      for (const name of namedFiles(document)) if (!files.has(name)) files.set(name, path.resolve(directory, name));
    },
    admitFile,
    find: (name) => files.get(name),
    rename: (document, directory) => {
      const problems: Diagnostic[] = [];
      const renamed = (name: string, label: string, node: GraphNode): string => {
        const file = files.get(name);
        if (file !== undefined) return admitFile(file, directory);
        problems.push(diagnose('data-not-chosen', { kind: 'node', node: node.id, parameter: 'file' }, { label, file: name }));
        return name;
      };
      const nodes = document.nodes.map((node) => {
        const name = fileOf(node);
        if (name === null) return node;
        return { ...node, parameters: { ...node.parameters, file: renamed(name, node.label, node) } };
      });
      const data = document.data.map((reference) => {
        const file = files.get(reference.file);
        return file === undefined ? reference : { ...reference, file: admitFile(file, directory) };
      });
      return { document: { ...document, nodes, data }, problems };
    },
    replace: (from, to) => {
      for (const [name, file] of files) if (file === from) files.set(name, to);
    },
    entries: () => Object.fromEntries(files),
  };
}

/** The file that a Series node reads; null where it reads none. */
export function fileOf(node: GraphNode): string | null {
  const { source, file } = node.parameters;
  return node.type === seriesNode.type && source === 'csv' && typeof file === 'string' && file !== '' ? file : null;
}

function namedFiles(document: GraphDocument): readonly string[] {
  return [...document.nodes.flatMap((node) => fileOf(node) ?? []), ...document.data.map(({ file }) => file)];
}

/** With '/' between folders on every system, as project files have it. */
function nameFrom(file: string, directory: string | null): string {
  if (directory === null) return file;
  const relative = path.relative(directory, file);
  return path.isAbsolute(relative) ? file : relative.split(path.sep).join('/');
}
